package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punchAt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A reader sees one company, whatever the query forgets to ask for. */
@Timeout(60)
class RowSecurityIT {

    private LogDatabase database;

    @BeforeEach
    void twoCompanies() {
        database = new LogDatabase();
        LogNode node = database.node();
        for (String company : List.of("acme", "other")) {
            node.engine.appendEvents(List.of(punchAt(company, "ana", "c", 0)));
            database.execute(
                    "insert into subject_key (company_id, employee_id, category, secret) values ('"
                            + company
                            + "', 'ana', 'NAME', decode(repeat('ab', 32), 'hex'))"
                            + " ON CONFLICT DO NOTHING");
        }
    }

    @AfterEach
    void close() {
        database.execute("delete from subject_key");
        database.close();
    }

    @Test
    void aReaderSeesEventsAndKeysOfItsCompanyAlone() throws Exception {
        for (String company : List.of("acme", "other")) {
            for (String table : List.of("event_log", "subject_key")) {
                assertThat(asReader(company, "select company_id from " + table))
                        .as(table)
                        .containsExactly(company);
            }
        }
    }

    @Test
    void aReaderWithoutACompanySeesNothing() throws Exception {
        for (String table : List.of("event_log", "subject_key")) {
            assertThat(asReader(null, "select company_id from " + table)).as(table).isEmpty();
            assertThat(asReader("", "select company_id from " + table)).as(table).isEmpty();
        }
    }

    @Test
    void aReaderChangesNothing() {
        for (String forbidden :
                List.of(
                        "delete from event_log",
                        "update subject_key set secret = null",
                        "update log_epoch set epoch = gen_random_uuid()")) {
            assertThatThrownBy(() -> asReader("acme", forbidden + " RETURNING 'x'"))
                    .hasMessageContaining("permission denied");
        }
    }

    private List<String> asReader(String company, String sql) throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("set LOCAL role attendance_reader");
                if (company != null) {
                    statement.execute("set LOCAL attendance.company = '" + company + "'");
                }
                List<String> values = new ArrayList<>();
                try (ResultSet rows = statement.executeQuery(sql)) {
                    while (rows.next()) {
                        values.add(rows.getString(1));
                    }
                }
                return values;
            } finally {
                connection.rollback();
            }
        }
    }
}

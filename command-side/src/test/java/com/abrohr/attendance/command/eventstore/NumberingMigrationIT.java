package com.abrohr.attendance.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A log of the release before gets its numbers in the order in which it was written. */
@Timeout(120)
class NumberingMigrationIT {

    private static final String NAME = "old_log";

    private LogDatabase server;
    private String url;

    @BeforeEach
    void aLogOfTheReleaseBefore() throws SQLException {
        server = new LogDatabase();
        server.execute("drop database IF exists " + NAME);
        server.execute("create database " + NAME);
        url = LogDatabase.url().replace("/log?", "/" + NAME + "?");
        flyway().target("1").load().migrate();
        execute(
                """
                insert into event_log (global_index, event_id, aggregate_type, aggregate_id, sequence, company_id,
                    employee_id, command_id, command_step, fingerprint, payload_type, payload_revision, payload,
                    metadata, recorded_at)
                select i, gen_random_uuid(), 'TimeClock', 'clock-' || i % 7, i / 7, 'company-' || i % 3,
                    'e' || i % 7, 'c' || i, 0, null, 'PunchedOut', '1', convert_to('{"i":' || i || '}', 'UTF8'),
                    convert_to('{}', 'UTF8'), timestamptz '2026-11-23 09:00Z' + i * interval '1 second'
                from generate_series(1, 60000) as i;
                update event_log_head set last_index = 60000, last_recorded_at = '2026-11-24 01:40Z'
                """);
    }

    @AfterEach
    void drop() {
        server.execute("drop database IF exists " + NAME + " WITH (FORCE)");
        server.close();
    }

    @Test
    void eachEventIsKeptAndGetsTheNextNumberOfItsCompany() throws SQLException {
        String content =
                "select md5(string_agg(concat_ws('|', global_index, event_id, aggregate_type, aggregate_id,"
                        + " sequence, company_id, employee_id, command_id, command_step, payload_type,"
                        + " payload_revision, payload, metadata, recorded_at), ',' order by global_index))"
                        + " from event_log";
        String before = text(content);

        flyway().load().migrate();

        assertThat(text(content)).isEqualTo(before);
        assertThat(
                        text(
                                "select count(*) from (select company_seq, row_number() over"
                                        + " (PARTITION BY company_id order by global_index) as n from event_log) t"
                                        + " where company_seq <> n"))
                .isEqualTo("0");
        assertThat(text("select count(distinct company_id) || '/' || count(*) from event_log"))
                .isEqualTo("3/60000");
        assertThat(text("select company_seq from events where global_index = 60000"))
                .isEqualTo("20000");
        assertThat(text("select count(*) from log_epoch")).isEqualTo("1");
    }

    @Test
    void itRefusesWhileANodeOfTheReleaseBeforeIsConnected() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "postgres");
        properties.setProperty("ApplicationName", "attendance-log-writer");
        try (Connection writer = DriverManager.getConnection(url, properties)) {
            assertThat(writer.isValid(1)).isTrue();
            assertThatThrownBy(() -> flyway().load().migrate())
                    .hasMessageContaining("stop all nodes");
        }
        assertThat(
                        text(
                                "select count(*) from information_schema.columns"
                                        + " where table_name = 'event_log' and column_name = 'company_seq'"))
                .isEqualTo("0");
        flyway().load().migrate();
        assertThat(text("select max(company_seq) from event_log")).isEqualTo("20000");
    }

    private FluentConfiguration flyway() {
        return Flyway.configure().dataSource(url, "postgres", "");
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }
}

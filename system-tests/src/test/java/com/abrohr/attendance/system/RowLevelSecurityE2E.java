package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.LogDatabase;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The database's own wall between companies: what a query of the readers' role sees that has
 * forgotten every condition.
 */
@ExtendWith(RunningSystem.class)
class RowLevelSecurityE2E {
    private static final List<String> TABLES =
            List.of(
                    "event_log",
                    "subject_key",
                    "company_position",
                    "presence",
                    "work_session",
                    "punch",
                    "leave_request");

    private final Companies companies;
    private final Companies.Company company;
    private final Companies.Company other;
    private Connection database;

    RowLevelSecurityE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("wall-a");
        this.other = companies.found("wall-b");
    }

    /** Both companies have rows in every table; a leave's reason and a location need keys. */
    @BeforeEach
    void bothCompaniesHaveRows() throws Exception {
        for (Companies.Company each : List.of(company, other)) {
            each.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId()));
            each.employee("e1").ask("leave_request", Say.leave("e1", "2031-01-02", "2031-01-03"));
            Answers.awaitItems(each.managerApi("m1"), "/api/v1/leave-requests", 1);
        }
        database = LogDatabase.connect(companies.server().dataDirectory());
        for (String table : TABLES) {
            await(table)
                    .until(
                            () -> companiesSeenIn(table),
                            seen -> seen.containsAll(List.of(company.id(), other.id())));
        }
    }

    @AfterEach
    void disconnect() throws SQLException {
        database.close();
    }

    @Test
    void a_reader_sees_the_rows_of_its_company_alone_whatever_the_query_forgets()
            throws SQLException {
        become("attendance_reader");
        for (Companies.Company each : List.of(company, other)) {
            execute("set attendance.company = '" + each.id() + "'");
            for (String table : TABLES) {
                assertThat(companiesSeenIn(table)).as(table).containsExactly(each.id());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "set attendance.company = ''", "set attendance.company = '%'"})
    void a_reader_of_no_company_sees_nothing(String setting) throws SQLException {
        become("attendance_reader");
        if (!setting.isEmpty()) {
            execute(setting);
        }
        for (String table : TABLES) {
            assertThat(companiesSeenIn(table)).as(table).isEmpty();
        }
    }

    @Test
    void a_reader_finds_no_key_and_no_event_of_another_company_by_naming_it() throws SQLException {
        become("attendance_reader");
        execute("set attendance.company = '" + company.id() + "'");
        for (String table : TABLES) {
            try (PreparedStatement select =
                    database.prepareStatement("select 1 from " + table + " where company_id = ?")) {
                select.setString(1, other.id());
                try (ResultSet row = select.executeQuery()) {
                    assertThat(row.next()).as(table).isFalse();
                }
            }
        }
        try (PreparedStatement select =
                database.prepareStatement("select 1 from event_log where aggregate_id = ?")) {
            select.setString(1, "time-clock/" + other.id() + "/e1");
            try (ResultSet row = select.executeQuery()) {
                assertThat(row.next()).isFalse();
            }
        }
    }

    @Test
    void a_reader_changes_nothing_and_reads_nothing_that_names_several_companies()
            throws SQLException {
        become("attendance_reader");
        execute("set attendance.company = '" + company.id() + "'");
        for (String table : TABLES) {
            assertDenied("delete from " + table);
            assertDenied("update " + table + " set company_id = company_id");
        }
        for (String table : List.of("dead_letter_entry", "token_entry", "event_log_head")) {
            assertDenied("select * from " + table);
        }
    }

    @Test
    void no_table_that_names_a_company_is_without_the_wall() throws SQLException {
        assertThat(
                        texts(
                                """
                                select c.relname from pg_class c
                                join pg_attribute a on a.attrelid = c.oid
                                where a.attname = 'company_id' and c.relkind in ('r', 'p')
                                  and c.relnamespace = 'public'::regnamespace
                                  and not c.relrowsecurity"""))
                .isEmpty();
    }

    private void become(String role) throws SQLException {
        execute("set role " + role);
        assertThat(texts("select current_user::text")).containsExactly(role);
    }

    private List<String> companiesSeenIn(String table) throws SQLException {
        return texts("select distinct company_id from " + table);
    }

    private void assertDenied(String sql) {
        assertThatThrownBy(() -> execute(sql))
                .as(sql)
                .isInstanceOf(SQLException.class)
                .extracting(failure -> ((SQLException) failure).getSQLState())
                .isEqualTo("42501");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Statement statement = database.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }
}

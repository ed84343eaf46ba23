package com.abrohr.attendance.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.query.Company;
import com.abrohr.attendance.query.Database;
import com.abrohr.attendance.query.TestNode;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

/** The plans of the projection's statements and of the lists, on small tables and on large ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlansIT {

    private static final List<String> TABLES =
            List.of("presence", "punch", "work_session", "leave_request");

    private static final String FILL =
            """
            insert into %1$s select r.*
            from (select to_jsonb(t) as columns from %1$s t limit 1) one,
                generate_series(1, 60000) n,
                jsonb_populate_record(cast(null as %1$s), one.columns || jsonb_build_object(
                    'employee_id', 'e' || n %% %2$d, 'session_id', 'ws-' || n,
                    'leave_id', 'lv-' || n, 'seq', n,
                    'occurred_at', timestamptz '2020-01-01Z' + n * interval '1 minute',
                    'submitted_at', timestamptz '2020-01-01Z' + n * interval '1 minute',
                    'punch_in_time', timestamptz '2020-01-01Z' + n * interval '1 minute')) r
            on conflict do nothing""";

    private JdbcTemplate admin;
    private TestNode node;

    @BeforeAll
    void start() throws Exception {
        Database database = Database.create();
        admin = database.admin();
        node = TestNode.start(database);
        // The driver would have to bind the parameters of a plan that is for all values.
        admin.execute(
                """
                create function plan_of(statement text) returns setof text language plpgsql as $$
                begin
                    return query execute 'explain (generic_plan) ' || statement;
                end $$""");
        // Whatever plans there are, they are not due to statistics that came by.
        for (String table : TABLES) {
            admin.execute("alter table " + table + " set (autovacuum_enabled = off)");
        }
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void everyStatementAndEveryListUsesAnIndexWhateverTheTablesHold() {
        statementsUseIndexes("empty");
        var company = new Company(node.log(), "plans");
        company.registers("e1", "Ana", "s1");
        company.punchesIn("e1");
        company.asksForLeave("e1", LocalDate.EPOCH, LocalDate.EPOCH);
        await().until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from company_position", Long.class)
                                        .contains(3L));
        statementsUseIndexes("small");
        TABLES.forEach(
                table ->
                        admin.execute(
                                FILL.formatted(table, table.equals("presence") ? 60_000 : 200)));
        statementsUseIndexes("large, never analysed");
        admin.execute("analyze");
        statementsUseIndexes("large, analysed");
        listsUseIndexes();
    }

    private void statementsUseIndexes(String state) {
        Map<String, String[]> statements = new LinkedHashMap<>();
        statements.put(ReadModelTables.LOCK_POSITIONS, new String[] {"text[]"});
        statements.put(ReadModelTables.MOVE_POSITIONS, new String[] {"text[]", "int8[]"});
        statements.put(PresenceTable.SELECT, new String[] {"text[]", "text[]"});
        statements.put(WorkSessionTable.END, arrays(WorkSessionTable.ended(Map.of())));
        statements.put(WorkSessionTable.CORRECT, arrays(WorkSessionTable.corrected(Map.of())));
        statements.put(LeaveTable.DECIDE, arrays(LeaveTable.decided(Map.of())));
        statements.put(LeaveTable.FIND, new String[] {"text", "text", "text"});
        var transaction = new TransactionTemplate(node.bean(PlatformTransactionManager.class));
        var jdbc = new JdbcTemplate(node.bean(DataSource.class));
        statements.forEach(
                (sql, types) ->
                        assertThat(plan(transaction, jdbc, sql, types))
                                .as("%s tables: %s", state, sql)
                                .contains("Index")
                                .doesNotContain("Seq Scan", "Hash Join", "Merge Join"));
    }

    private static String[] arrays(Columns columns) {
        String[] types = columns.types.clone();
        for (int i = 0; i < types.length; i++) {
            types[i] += "[]";
        }
        return types;
    }

    private static String plan(
            TransactionTemplate transaction, JdbcTemplate jdbc, String sql, String... types) {
        return Objects.requireNonNull(transaction.execute(_ -> explain(jdbc, sql, types)));
    }

    /** The plan that is kept for all values, as the projection's sessions and pools come to it. */
    private static String explain(JdbcTemplate jdbc, String sql, String... types) {
        var numbered = new StringBuilder();
        int parameter = 0;
        for (String part : (sql + " ").split("\\?")) {
            if (parameter > 0) {
                numbered.append(
                        types.length == 0
                                ? "$" + parameter
                                : "cast($" + parameter + " as " + types[parameter - 1] + ")");
            }
            numbered.append(part);
            parameter++;
        }
        return String.join(
                "\n",
                jdbc.queryForList("select * from plan_of(?)", String.class, numbered.toString()));
    }

    private void listsUseIndexes() {
        var readers = new JdbcTemplate(node.readers());
        var transaction = new TransactionTemplate(new JdbcTransactionManager(node.readers()));
        for (String employee : new String[] {null, "e7"}) {
            for (boolean later : new boolean[] {false, true}) {
                for (Object query : queries(employee, later)) {
                    String sql = sqlOf(query);
                    assertThat(plan(transaction, readers, sql))
                            .as("%s: %s", query, sql)
                            .contains("Index")
                            .doesNotContain("Seq Scan", "Sort");
                }
            }
        }
    }

    private List<Object> queries(@Nullable String employee, boolean later) {
        return List.of(
                new FindPunches(
                        "plans",
                        employee,
                        null,
                        null,
                        null,
                        null,
                        page(later, new FindPunches("plans", null, null, null, null, null, FIRST))),
                new FindWorkSessions(
                        "plans",
                        employee,
                        null,
                        null,
                        page(later, new FindWorkSessions("plans", null, null, null, FIRST))),
                new FindLeaveRequests(
                        "plans",
                        employee,
                        null,
                        page(later, new FindLeaveRequests("plans", null, null, FIRST))));
    }

    private static final PageRequest FIRST = new PageRequest(50, null);

    private PageRequest page(boolean later, Object query) {
        return later ? new PageRequest(50, ask(query).nextCursor()) : FIRST;
    }

    private Page<?> ask(Object query) {
        return node.queries().query(query, ResponseTypes.instanceOf(Page.class)).join();
    }

    private String sqlOf(Object query) {
        var logger = (Logger) LoggerFactory.getLogger(JdbcTemplate.class);
        var appender = new ListAppender<ILoggingEvent>();
        appender.start();
        logger.setLevel(Level.DEBUG);
        logger.setAdditive(false);
        logger.addAppender(appender);
        try {
            ask(query);
        } finally {
            logger.detachAppender(appender);
            logger.setLevel(Level.WARN);
        }
        String logged = appender.list.getFirst().getMessage();
        // The list's query is the last of the statements sent at once.
        return logged.substring(logged.lastIndexOf("; ") + 2, logged.lastIndexOf(']'));
    }
}

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
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.query.Company;
import com.abrohr.attendance.query.Database;
import com.abrohr.attendance.query.TestNode;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
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

    /** Events of the company that are stored before the batch. */
    private static final long STORED = 5;

    private JdbcTemplate admin;
    private String leaveId;
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
        var company = new Company(node.log(), "plans");
        for (String employee : List.of("e1", "e2")) {
            company.registers(employee, employee, "s1");
            company.punchesIn(employee);
        }
        leaveId = company.asksForLeave("e1", LocalDate.EPOCH, LocalDate.EPOCH);
        await().until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from company_position", Long.class)
                                        .contains(STORED));
        Map<String, List<String>> statements = statements(company);
        assertThat(statements).hasSizeGreaterThanOrEqualTo(9);
        statementsUseIndexes("small", statements);
        for (String table : TABLES) {
            admin.execute("create table stored_" + table + " as table " + table);
            admin.execute("truncate " + table);
        }
        statementsUseIndexes("empty", statements);
        for (String table : TABLES) {
            admin.execute("insert into " + table + " table stored_" + table);
            admin.execute(FILL.formatted(table, table.equals("presence") ? 60_000 : 200));
        }
        statementsUseIndexes("large, never analysed", statements);
        admin.execute("analyze");
        statementsUseIndexes("large, analysed", statements);
        listsUseIndexes();
    }

    /**
     * Every statement that the projection sends for a batch on top of the stored rows, with the
     * types of its parameters; nothing is written.
     */
    private Map<String, List<String>> statements(Company company) {
        List<DomainEventMessage<?>> events =
                company.messages(
                        company.out("e1"),
                        new PunchCorrected(
                                "plans",
                                "e2",
                                company.session("e2"),
                                Instant.EPOCH,
                                Instant.EPOCH.plusSeconds(60),
                                LocalDate.EPOCH),
                        new LeaveApproved("plans", "e1", leaveId, null, null, null, "m1", null));
        List<PendingEvent> pending = new ArrayList<>();
        for (DomainEventMessage<?> event : events) {
            String seq = Long.toString(STORED + pending.size() + 1);
            pending.add(
                    PendingEvent.of(event.andMetaData(Map.of(MetadataKeys.COMPANY_SEQ, seq)))
                            .orElseThrow());
        }
        Map<String, List<String>> sent = new LinkedHashMap<>();
        new TransactionTemplate(node.bean(PlatformTransactionManager.class))
                .executeWithoutResult(
                        status -> {
                            status.setRollbackOnly();
                            send(
                                    pending,
                                    recording(
                                            DataSourceUtils.getConnection(
                                                    node.bean(DataSource.class)),
                                            sent));
                        });
        // An insert reads nothing.
        sent.keySet().removeIf(sql -> sql.startsWith("insert"));
        return sent;
    }

    private void send(List<PendingEvent> events, Connection connection) {
        BatchRepository batches = node.bean(BatchRepository.class);
        try {
            ProjectionBatch batch = batches.load(connection, events);
            events.forEach(batch::apply);
            batches.write(connection, batch);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Remembers each statement that is prepared, and the types of the arrays made for it. */
    private static Connection recording(Connection connection, Map<String, List<String>> sent) {
        Deque<String> withoutTypes = new ArrayDeque<>();
        return (Connection)
                Proxy.newProxyInstance(
                        PlansIT.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                withoutTypes.clear();
                                for (String sql : ((String) arguments[0]).split(";\n")) {
                                    sent.put(sql, new ArrayList<>());
                                    withoutTypes.addAll(Collections.nCopies(parameters(sql), sql));
                                }
                            }
                            if (method.getName().equals("createArrayOf")) {
                                sent.get(withoutTypes.removeFirst()).add(arguments[0] + "[]");
                            }
                            return method.invoke(connection, arguments);
                        });
    }

    private static int parameters(String sql) {
        return (int) sql.chars().filter(c -> c == '?').count();
    }

    private void statementsUseIndexes(String state, Map<String, List<String>> statements) {
        var transaction = new TransactionTemplate(node.bean(PlatformTransactionManager.class));
        var jdbc = new JdbcTemplate(node.bean(DataSource.class));
        statements.forEach(
                (sql, arrays) -> {
                    String[] types =
                            arrays.isEmpty()
                                    ? Collections.nCopies(parameters(sql), "text")
                                            .toArray(String[]::new)
                                    : arrays.toArray(String[]::new);
                    assertThat(plan(transaction, jdbc, sql, types))
                            .as("%s tables: %s", state, sql)
                            .contains("Index")
                            .doesNotContain("Seq Scan", "Hash Join", "Merge Join");
                });
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

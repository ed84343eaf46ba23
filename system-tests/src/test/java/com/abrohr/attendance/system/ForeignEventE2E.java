package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What no command has written stands in the log, under the lock and with its numbers. */
class ForeignEventE2E {
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static AttendanceServer server;
    private static SocketIoClients sockets;

    @RegisterExtension
    static final AfterTestExecutionCallback LOG =
            context -> {
                if (context.getExecutionException().isPresent()) {
                    System.out.println(server.log().tail(60));
                }
            };

    @BeforeAll
    static void start() {
        server = AttendanceServer.start();
        sockets = new SocketIoClients();
    }

    @AfterAll
    static void stop() {
        if (sockets != null) {
            sockets.close();
        }
        if (server != null) {
            server.close();
            DataDirectories.discard(server.dataDirectory());
        }
    }

    /**
     * The last ones have metadata that says nothing, or that nobody can read.
     *
     * @param tile of whom the event is, if it is of somebody: nobody knows where they stand
     */
    @ParameterizedTest(name = "{0} {1} {2}")
    @CsvSource({
        "time-clock/%s/%%zz, PunchedIn, '{\"companyId\":\"%s\"}', IN",
        "time-clock/%s/%%, PunchedIn, '{\"companyId\":\"%s\"}', IN",
        "printer/%s/e1, PaperJammed, '{\"companyId\":\"%s\"}', IN",
        "nonsense, PunchedIn, '{\"companyId\":\"%s\"}', IN",
        "time-clock/%s/%%zz, PunchedIn, '{}', IN",
        "printer/%s/e1, PaperJammed, '{%s', IN",
        "time-clock/%s/e1, NeverHeardOf, '{\"companyId\":\"%s\"}', UNKNOWN",
        "time-clock/%s/e1, PunchedIn, '{}', UNKNOWN",
        "time-clock/%s/e1, PunchedIn, '{%s', UNKNOWN",
    })
    void an_event_that_cannot_be_understood_stops_nobody_else(
            String aggregate, String type, String metadata, String tile) throws Exception {
        String company = "foreign-" + NUMBER.incrementAndGet();
        SocketIoClient manager =
                sockets.open(server.uri(""), server.tokens().manager(company, "m1")).connected();
        manager.emit("request_live_dashboard", Map.of());
        manager.await("dashboard_snapshot");
        long before = punch(company, "e1").body().path("seq").asLong();

        insert(company, aggregate.formatted(company), type, metadata.formatted(company));

        Api.Answer write = punch(company, "e2");
        long after = write.body().path("seq").asLong();
        assertThat(after)
                .as("the foreign event and a registration lie between")
                .isEqualTo(before + 3);
        manager.await("attendance_punch_in", each -> each.path("seq").asLong() == after);
        await().until(() -> Board.of(manager).seq() == after);
        assertThat(Board.of(manager).presences()).isEqualTo(Map.of("e1", tile, "e2", "IN"));

        Api reader = server.api(server.tokens().manager(company, "m1"));
        Api.Answer presence =
                reader.get(
                        "/api/v1/presence",
                        Map.of("X-Read-After", write.body().path("position").asString()));
        assertThat(presence.status()).as(presence.text()).isEqualTo(200);
        assertThat(Board.presences(presence.items())).isEqualTo(Board.of(manager).presences());
        assertThat(presence.body().at("/asOf/seq").asLong()).isGreaterThanOrEqualTo(after);
        JsonNode feed = reader.get("/api/v1/feed?after=" + before).body();
        assertThat(Answers.list(feed.path("items")))
                .extracting(each -> each.path("seq").asLong())
                .containsExactly(after);
        await().until(server::isReady);

        SocketIoClient late =
                sockets.open(server.uri(""), server.tokens().manager(company, "m2")).connected();
        late.emit("request_live_dashboard", Map.of());
        late.await("dashboard_snapshot");
        await().untilAsserted(() -> assertThat(Board.of(late)).isEqualTo(Board.of(manager)));
    }

    private static Api.Answer punch(String company, String employee) {
        Api.Answer answer =
                server.api(server.tokens().employee(company, employee))
                        .post("/api/v1/punches", Map.of("type", "IN"), Say.commandId());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    /** As a writer does it: the lock, the head, dense numbers, and a word to who listens. */
    private static void insert(String company, String aggregate, String type, String metadata)
            throws Exception {
        try (Connection database = LogDatabase.connect(server.dataDirectory());
                Statement statement = database.createStatement();
                PreparedStatement insert =
                        database.prepareStatement(
                                """
                                with head as (
                                    update event_log_head set last_index = last_index + 1,
                                        last_recorded_at = greatest(last_recorded_at, clock_timestamp())
                                    returning last_index, last_recorded_at
                                )
                                insert into event_log (global_index, company_seq, event_id, aggregate_type,
                                    aggregate_id, sequence, company_id, employee_id, command_id, command_step,
                                    payload_type, payload_revision, payload, metadata, recorded_at)
                                select head.last_index,
                                    (select max(company_seq) + 1 from event_log where company_id = ?),
                                    gen_random_uuid(), 'TimeClock', ?,
                                    (select coalesce(max(sequence) + 1, 0) from event_log where aggregate_id = ?),
                                    ?, 'e1', gen_random_uuid()::text, 0, ?, '1',
                                    convert_to('{}', 'UTF8'), convert_to(?, 'UTF8'), head.last_recorded_at
                                from head
                                returning global_index""")) {
            database.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(7311142570156650343)");
            insert.setString(1, company);
            insert.setString(2, aggregate);
            insert.setString(3, aggregate);
            insert.setString(4, company);
            insert.setString(5, type);
            insert.setString(6, metadata);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                statement.execute("notify event_log, '" + row.getLong(1) + "'");
            }
            database.commit();
        }
    }
}

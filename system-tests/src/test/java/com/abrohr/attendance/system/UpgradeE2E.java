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
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The product on a data directory that the last release without company numbers wrote. What only
 * reads and repeats comes first, then what goes on with the data.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class UpgradeE2E {
    private static final Duration START_LIMIT = Duration.ofSeconds(180);
    private static final int CONFLICT = 409;

    /** What the last release stored of each event; the new number is beside it. */
    private static final String LOG =
            """
            select md5(string_agg(e::text, '|' order by global_index))
            from (select global_index, event_id, aggregate_type, aggregate_id, sequence, company_id,
                         employee_id, command_id, command_step, fingerprint, payload_type,
                         payload_revision, payload, metadata, recorded_at
                    from event_log) e
            """;

    private static LastRelease last;
    private static String log;
    private static AttendanceServer server;
    private static SocketIoClients sockets;

    @RegisterExtension
    static final AfterTestExecutionCallback SERVER_LOG =
            context -> {
                if (context.getExecutionException().isPresent()) {
                    System.out.println("---- at the end of " + context.getDisplayName());
                    System.out.println(server.log().tail(60));
                }
            };

    @BeforeAll
    static void start() throws Exception {
        last = new LastRelease();
        isRefusedWhileANodeOfTheLastReleaseIsConnected();
        try (Connection database = last.connect("test")) {
            log = text(database, LOG);
        }
        last.stop();
        server =
                AttendanceServer.start(
                        last.directory(),
                        List.of(
                                AttendanceServer.secret(),
                                "--attendance.demo=true",
                                "--attendance.demo-script=false"));
        sockets = new SocketIoClients();
    }

    /** An embedded database has one node only, so this one takes it for an external one. */
    private static void isRefusedWhileANodeOfTheLastReleaseIsConnected() throws Exception {
        Path elsewhere = DataDirectories.create();
        try (Connection connected = last.connect("attendance-log-writer");
                AttendanceServer refused =
                        AttendanceServer.spawn(
                                elsewhere,
                                List.of(
                                        AttendanceServer.secret(),
                                        "--attendance.database.url=" + last.url(),
                                        "--attendance.database.username=" + LastRelease.LOGIN,
                                        "--attendance.database.password=" + last.password()))) {
            await().atMost(START_LIMIT).until(() -> !refused.isAlive());
            assertThat(refused.awaitExit()).as(refused.log().tail(40)).isEqualTo(1);
            assertThat(refused.log().tail(40))
                    .contains(
                            "another node is connected to this database; stop all nodes, then start"
                                    + " one of this release")
                    .contains("docs/runbook.md");
            assertThat(text(connected, "select max(version) from flyway_schema_history"))
                    .isEqualTo("4");
        } finally {
            DataDirectories.discard(elsewhere);
        }
    }

    @AfterAll
    static void stop() throws Exception {
        if (sockets != null) {
            sockets.close();
        }
        if (server != null) {
            server.close();
        }
        if (last != null) {
            last.close();
        }
    }

    @Test
    @Order(1)
    void every_event_is_kept_and_has_the_next_number_of_its_company() throws Exception {
        try (Connection database = LogDatabase.connect(last.directory())) {
            assertThat(text(database, LOG)).isEqualTo(log);
            assertThat(
                            text(
                                    database,
                                    """
                                    select count(*) from (
                                        select company_seq, row_number() over (
                                            partition by company_id order by global_index) as place
                                        from event_log) e
                                    where company_seq <> place
                                    """))
                    .isEqualTo("0");
        }
    }

    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"demo", "acme", "Zürich AG", "wrecked"})
    void the_lists_of_a_company_say_what_they_said_before(String company) {
        JsonNode before = last.answers().path("companies").path(company);
        long events = before.path("events").asLong();
        Api reader = api(company, "boss", "auditor");
        for (String list :
                List.of("punches", "sessions", "leave-requests", "presence", "employees")) {
            Api.Answer now = reader.get("/api/v1/" + list + "?limit=500");

            assertThat(Answers.list(now.items()))
                    .as(list)
                    .containsExactlyElementsOf(Answers.list(before.path(list)));
            assertThat(now.body().path("asOf").path("seq").asLong()).as(list).isEqualTo(events);
        }
    }

    /** Old decisions say no type and no dates, old punches out no start of their session. */
    @ParameterizedTest
    @Order(1)
    @ValueSource(strings = {"demo", "acme", "Zürich AG", "wrecked"})
    void the_feed_says_of_old_events_what_it_said_before_under_the_numbers_of_the_log(
            String company) throws Exception {
        List<JsonNode> before =
                Answers.list(
                        last.answers().path("companies").path(company).path("feed").path("items"));

        List<JsonNode> now =
                Answers.list(api(company, "boss", "auditor").get("/api/v1/feed?limit=500").items());

        assertThat(now.stream().map(UpgradeE2E::told))
                .containsExactlyElementsOf(before.stream().map(UpgradeE2E::told).toList());
        assertThat(now)
                .extracting(each -> each.path("seq").asLong())
                .containsExactlyElementsOf(numbersOfWhatIsTold(company));
    }

    /** What both releases say of an entry, each in its own shape. */
    private static Map<String, Object> told(JsonNode item) {
        String kind = item.path("kind").asString();
        JsonNode leave = item.has("leave") ? item.path("leave") : item.path("request");
        boolean decided = kind.equals("LEAVE_CHANGED");
        return Map.of(
                "entry", only(item, "kind", "employeeId", "recordedAt"),
                "punch", only(item, "type", "occurredAt", "location", "commandId"),
                "session",
                        only(
                                item.path("session"),
                                "id",
                                "businessDate",
                                "punchInTime",
                                "punchOutTime"),
                "leave", only(leave, "id", "leaveType", "startDate", "endDate", "status"),
                "more", decided ? only(leave, "decidedBy", "comment") : only(leave, "reason"));
    }

    private static List<JsonNode> only(JsonNode node, String... fields) {
        return Stream.of(fields).map(node::path).toList();
    }

    private static List<Long> numbersOfWhatIsTold(String company) throws Exception {
        try (Connection database = LogDatabase.connect(last.directory());
                PreparedStatement statement =
                        database.prepareStatement(
                                """
                                select array_agg(company_seq order by company_seq) from event_log
                                where company_id = ?
                                  and payload_type not in ('EmployeeRegistered',
                                      'CorrectionRequested', 'CorrectionApproved')
                                  and payload not like '{"wrecked"%'
                                """)) {
            statement.setString(1, company);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return List.of((Long[]) row.getArray(1).getArray());
            }
        }
    }

    @Test
    @Order(1)
    void every_repeated_command_gets_its_first_answer_with_its_number() throws Exception {
        int repeated = 0;
        for (JsonNode command : last.answers().path("commands")) {
            if (isOfTheWrecked(command)) {
                continue;
            }
            if (command.has("event")) {
                assertSocketAnswersAgain(command);
            } else {
                assertRestAnswersAgain(command);
            }
            repeated++;
        }
        assertThat(repeated).isEqualTo(127);
        try (Connection database = LogDatabase.connect(last.directory())) {
            assertThat(text(database, LOG)).as("nothing more is stored").isEqualTo(log);
        }
    }

    /** Nobody can decide anything about somebody whose events cannot be read. */
    private static boolean isOfTheWrecked(JsonNode command) {
        return command.path("company").asString().equals("wrecked")
                && command.path("id").asString().equals("e6");
    }

    private static void assertRestAnswersAgain(JsonNode command) throws Exception {
        String company = command.path("company").asString();
        Api.Answer now =
                api(company, command.path("id").asString(), command.path("role").asString())
                        .postText(
                                URI.create("/api/v1" + command.path("path").asString())
                                        .toASCIIString(),
                                command.path("body").toString(),
                                command.path("key").asString(""));

        assertThat(now.status()).as(now.text()).isEqualTo(command.path("status").asInt());
        assertSame(company, command.path("answer"), now.body());
    }

    private static void assertSocketAnswersAgain(JsonNode command) throws Exception {
        String company = command.path("company").asString();
        SocketIoClient socket =
                sockets.open(
                                server.uri(""),
                                server.tokens().employee(company, command.path("id").asString()))
                        .connected();
        JsonNode now = socket.ask(command.path("event").asString(), command.path("payload"));
        socket.close();

        assertSame(company, command.path("answer"), now);
    }

    /** All that the last release said; what a newer one says besides does its clients no harm. */
    private static void assertSame(String company, JsonNode before, JsonNode now) throws Exception {
        if (before.has("items")) {
            assertThat(now.path("items")).hasSameSizeAs(before.path("items"));
            for (int i = 0; i < before.path("items").size(); i++) {
                assertSame(company, before.path("items").path(i), now.path("items").path(i));
            }
            return;
        }
        if (before.path("status").asInt(0) == CONFLICT) {
            // Not stored, and not remembered: by now it may also be too old.
            assertThat(now.path("status").asInt()).isEqualTo(CONFLICT);
            return;
        }
        ObjectNode asked = withoutNumber(before);
        assertThat(withoutNumber(now).retain(asked.propertyNames())).isEqualTo(asked);
        if (before.has("seq")) {
            assertThat(now.path("seq").asLong())
                    .as(now.toString())
                    .isEqualTo(numberOf(company, now.path("commandId").asString()));
        }
    }

    private static ObjectNode withoutNumber(JsonNode answer) {
        return ((ObjectNode) answer.deepCopy()).without(List.of("seq", "position"));
    }

    private static long numberOf(String company, String commandId) throws Exception {
        try (Connection database = LogDatabase.connect(last.directory());
                PreparedStatement statement =
                        database.prepareStatement(
                                "select max(company_seq) from event_log"
                                        + " where company_id = ? and command_id = ?")) {
            statement.setString(1, company);
            statement.setString(2, commandId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    @Test
    @Order(1)
    void who_holds_numbers_of_the_old_feed_is_told_to_read_anew() {
        JsonNode old = last.answers().path("companies").path("acme").path("feed");
        String epoch = old.path("epoch").asString();
        long heard = old.path("nextAfter").asLong() - 1;

        assertThat(
                        api("acme", "boss", "manager")
                                .get("/api/v1/feed?after=" + heard + "&epoch=" + epoch)
                                .code())
                .isEqualTo("STALE_VERSION");
        assertIsToldToReadAnew(epoch, Map.of("epoch", epoch, "afterSeq", heard));
        JsonNode recovery = last.answers().path("recovery");
        assertIsToldToReadAnew(
                epoch,
                Map.of(
                        "pid", recovery.path("pid").asString(),
                        "offset", recovery.path("offset").asString()));
    }

    private static void assertIsToldToReadAnew(String oldEpoch, Map<String, Object> claim) {
        Map<String, Object> auth = new HashMap<>(claim);
        auth.put("token", server.tokens().manager("acme", "boss"));
        SocketIoClient socket =
                sockets.open(
                                server.uri(""),
                                Map.of("auth", auth, "transports", List.of("websocket")))
                        .connected();
        assertThat(socket.await("resync_required").path("epoch").asString()).isNotEqualTo(oldEpoch);
        assertThat(socket.all("attendance_punch_in")).isEmpty();
    }

    @Test
    @Order(2)
    void a_session_that_was_open_ends_with_a_punch_out() {
        JsonNode open =
                Answers.list(last.answers().path("companies").path("acme").path("sessions"))
                        .stream()
                        .filter(each -> each.path("employeeId").asString().equals("e1"))
                        .findFirst()
                        .orElseThrow();
        assertThat(open.path("punchOutTime").isNull()).isTrue();
        SocketIoClient manager =
                sockets.open(server.uri(""), server.tokens().manager("acme", "boss")).connected();

        Api.Answer out =
                api("acme", "e1", "employee")
                        .post("/api/v1/punches", Map.of("type", "OUT"), Say.commandId());

        assertThat(out.status()).as(out.text()).isEqualTo(201);
        assertThat(out.body().path("sessionId")).isEqualTo(open.path("id"));
        JsonNode session = readAfter(out, "/api/v1/sessions?employeeId=e1").get(0);
        assertThat(session.path("id")).isEqualTo(open.path("id"));
        assertThat(session.path("punchInTime")).isEqualTo(open.path("punchInTime"));
        assertThat(session.path("punchOutTime").isNull()).isFalse();
        JsonNode heard = manager.await("attendance_punch_out");
        assertThat(heard.path("seq").asLong()).isEqualTo(out.body().path("seq").asLong());
        JsonNode item = feedItem(out);
        assertThat(item.path("session").path("punchInTime")).isEqualTo(open.path("punchInTime"));
    }

    @Test
    @Order(2)
    void a_request_that_was_pending_is_decided_with_its_type_and_dates() {
        JsonNode pending =
                Answers.list(last.answers().path("companies").path("acme").path("leave-requests"))
                        .stream()
                        .filter(each -> each.path("id").asString().equals("lv-2-e2"))
                        .findFirst()
                        .orElseThrow();
        assertThat(pending.path("status").asString()).isEqualTo("PENDING");

        Api.Answer approved =
                api("acme", "boss", "manager")
                        .post(
                                "/api/v1/leave-requests/lv-2-e2:approve",
                                Map.of("comment", "Enjoy"),
                                Say.commandId());

        assertThat(approved.status()).as(approved.text()).isEqualTo(200);
        JsonNode leave = feedItem(approved).path("leave");
        assertThat(leave.path("status").asString()).isEqualTo("APPROVED");
        assertThat(only(leave, "leaveType", "startDate", "endDate"))
                .isEqualTo(only(pending, "leaveType", "startDate", "endDate"));
        JsonNode row = readAfter(approved, "/api/v1/leave-requests?employeeId=e2").get(0);
        assertThat(row.path("status").asString()).isEqualTo("APPROVED");
    }

    private static JsonNode readAfter(Api.Answer write, String path) {
        return api("acme", "boss", "manager")
                .get(path, Map.of("X-Read-After", write.body().path("position").asString()))
                .items();
    }

    /** The entry under the number of an answer. */
    private static JsonNode feedItem(Api.Answer write) {
        long seq = write.body().path("seq").asLong();
        JsonNode item =
                api("acme", "boss", "manager")
                        .get("/api/v1/feed?limit=1&after=" + (seq - 1))
                        .items()
                        .path(0);
        assertThat(item.path("seq").asLong()).isEqualTo(seq);
        return item;
    }

    private static Api api(String company, String id, String role) {
        return server.api(server.tokens().of(company, id, role));
    }

    private static String text(Connection database, String query) throws SQLException {
        try (var statement = database.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getString(1);
        }
    }
}

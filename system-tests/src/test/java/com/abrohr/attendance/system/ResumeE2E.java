package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client hears that was away: everything that it missed, once, or that it must read anew.
 */
@ExtendWith(RunningSystem.class)
class ResumeE2E {
    private final Companies companies;
    private final Companies.Company company;

    ResumeE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("resume");
    }

    @ParameterizedTest
    @ValueSource(strings = {"websocket", "polling"})
    void a_manager_whose_connection_was_lost_hears_what_it_missed_once(String transport) {
        SocketIoClient manager =
                open(Map.of("token", company.managerToken("m1")), transport).connected();
        punch("e1", "IN");
        awaitPunches(manager, 1);

        manager.drop();
        manager.awaitLifecycle("disconnect");
        punch("e1", "OUT");
        punch("e2", "IN");
        Answers.accepted(company.employee("e3").ask("punch_in", Say.punch("e3", Say.commandId())));
        manager.connect();
        awaitPunches(manager, 4);
        punch("e4", "IN");
        awaitPunches(manager, 5);

        assertThat(connects(manager)).containsExactly(false, true);
        assertThat(punches(manager)).containsExactly("e1 IN", "e1 OUT", "e2 IN", "e3 IN", "e4 IN");
        assertThatNumbersGrow(manager);
        assertThat(manager.all("resync_required")).isEmpty();
    }

    @Test
    void an_employee_who_had_heard_nothing_yet_hears_what_happened_to_their_own_requests() {
        SocketIoClient employee =
                open(Map.of("token", company.employeeToken("e1")), "websocket").connected();
        employee.await("feed_position");
        employee.drop();
        employee.awaitLifecycle("disconnect");
        company.employee("e1").ask("leave_request", Say.leave("e1", "2031-03-02", "2031-03-03"));
        punch("e2", "IN");
        company.manager("m1").ask("leave_approve", Map.of("id", "lv-1-e1"));

        employee.connect();

        employee.await(
                "leave_request_updated",
                update -> update.path("status").asString().equals("approved"));
        assertThat(employee.all("leave_request_updated"))
                .extracting(each -> each.path("status").asString())
                .containsExactly("pending", "approved");
        assertThat(employee.frames()).noneMatch(frame -> frame.contains("\"e2\""));
        assertThat(connects(employee)).containsExactly(false, true);
    }

    @Test
    void events_that_a_client_does_not_hear_are_no_gap_when_it_comes_back() {
        SocketIoClient manager =
                open(Map.of("token", company.managerToken("m1")), "websocket").connected();
        SocketIoClient colleague =
                open(Map.of("token", company.employeeToken("e2")), "websocket").connected();
        punch("e2", "IN");
        punch("e1", "IN");
        punch("e1", "OUT");
        awaitPunches(manager, 3);
        colleague.await("attendance_update");
        for (SocketIoClient each : List.of(manager, colleague)) {
            each.drop();
            each.awaitLifecycle("disconnect");
        }

        // A request and its approval, of which nobody hears, and what they lead to.
        Api.Answer correction =
                company.managerApi("m2")
                        .post(
                                "/api/v1/corrections",
                                Map.of(
                                        "sessionId",
                                        "ws-1-e1",
                                        "punchOutTime",
                                        Instant.now().plusSeconds(1).toString()),
                                Say.commandId());
        assertThat(correction.status()).as(correction.text()).isEqualTo(201);
        // Only the board shows that somebody joined.
        Api.Answer joined =
                company.api("hr", "h1")
                        .post("/api/v1/employees", Map.of("employeeId", "e9"), Say.commandId());
        long corrected = correction.body().path("seq").asLong();
        assertThat(joined.body().path("seq").asLong()).isEqualTo(corrected + 1);
        manager.connect();
        colleague.connect();
        JsonNode update = manager.await("attendance_update");
        punch("e2", "OUT");
        awaitPunches(manager, 4);
        JsonNode own = colleague.await("attendance_update", each -> each.has("punchOutTime"));

        assertThat(update.path("seq").asLong()).isEqualTo(corrected);
        assertThat(own.path("seq").asLong()).isEqualTo(corrected + 2);
        assertThat(punches(manager)).containsExactly("e2 IN", "e1 IN", "e1 OUT", "e2 OUT");
        assertThat(manager.all("attendance_update")).hasSize(1);
        assertThat(colleague.all("attendance_update")).hasSize(2);
        for (SocketIoClient each : List.of(manager, colleague)) {
            assertThat(connects(each)).containsExactly(false, true);
            assertThat(each.all("resync_required")).isEmpty();
        }
    }

    @Test
    void a_live_board_goes_on_without_a_new_snapshot() {
        SocketIoClient manager =
                open(Map.of("token", company.managerToken("m1")), "websocket").connected();
        manager.emit("request_live_dashboard", Map.of());
        manager.await("dashboard_snapshot");
        punch("e1", "IN");
        await().until(() -> Board.of(manager).count("IN") == 1);

        manager.drop();
        manager.awaitLifecycle("disconnect");
        punch("e1", "OUT");
        punch("e2", "IN");
        manager.connect();
        await().until(() -> Board.of(manager).presences().containsKey("e2"));
        punch("e3", "IN");
        await().until(() -> Board.of(manager).presences().containsKey("e3"));

        assertThat(manager.all("dashboard_snapshot")).hasSize(1);
        SocketIoClient late = company.manager("m2");
        late.emit("request_live_dashboard", Map.of());
        await().untilAsserted(() -> assertThat(Board.of(late)).isEqualTo(Board.of(manager)));
    }

    @Test
    void a_board_that_says_where_it_stands_is_sent_only_what_came_since() {
        punch("e0", "IN");
        SocketIoClient before = company.manager("m1");
        before.emit("request_live_dashboard", Map.of());
        JsonNode snapshot = before.await("dashboard_snapshot");
        punch("e1", "IN");
        await().until(() -> "IN".equals(Board.of(before).presences().get("e1")));

        SocketIoClient after = company.manager("m1");
        Map<String, Object> position =
                Map.of(
                        "epoch", snapshot.path("epoch").asString(),
                        "afterSeq", snapshot.path("seq").asLong());
        after.emit("request_live_dashboard", position);
        JsonNode delta = after.await("dashboard_delta");
        assertThat(delta.path("seq").asLong()).isEqualTo(Board.of(before).seq());
        assertThat(Board.presences(delta.path("rows"))).isEqualTo(Map.of("e1", "IN"));
        assertThat(after.all("dashboard_snapshot")).isEmpty();

        after.emit("request_live_dashboard", Map.of("epoch", "another", "afterSeq", 1));
        after.await("dashboard_snapshot");
        assertThat(Answers.refusal(after.ask("request_live_dashboard", Map.of("afterSeq", 1))))
                .isEqualTo("INVALID");
    }

    @Test
    void an_application_resumes_by_its_own_number_on_a_new_socket() {
        SocketIoClient first =
                open(Map.of("token", company.managerToken("m1")), "websocket").connected();
        JsonNode position = first.await("feed_position");
        assertThat(position.path("resumed").asBoolean()).isFalse();
        punch("e1", "IN");
        awaitPunches(first, 1);
        long heard = first.all("attendance_punch_in").getLast().path("seq").asLong();
        punch("e1", "OUT");
        punch("e2", "IN");
        awaitPunches(first, 3);

        SocketIoClient second =
                open(
                                Map.of(
                                        "token",
                                        company.managerToken("m1"),
                                        "epoch",
                                        position.path("epoch").asString(),
                                        "afterSeq",
                                        heard),
                                "websocket")
                        .connected();
        assertThat(second.await("feed_position").path("resumed").asBoolean()).isTrue();
        assertThat(punches(second)).containsExactly("e1 OUT", "e2 IN");
    }

    @Test
    void numbers_of_another_epoch_are_answered_with_resync_required() {
        SocketIoClient manager =
                open(
                                Map.of(
                                        "token",
                                        company.managerToken("m1"),
                                        "epoch",
                                        "of-another-time",
                                        "afterSeq",
                                        0),
                                "websocket")
                        .connected();
        JsonNode resync = manager.await("resync_required");
        assertThat(resync.path("reason").asString()).isEqualTo("the epoch changed");
        punch("e1", "IN");
        awaitPunches(manager, 1);
        assertThat(resync.path("epoch").asString())
                .isEqualTo(manager.await("feed_position").path("epoch").asString());
    }

    @Test
    void a_claim_that_nobody_can_read_is_refused_by_its_field() {
        SocketIoClient socket =
                open(
                        Map.of("token", company.managerToken("m1"), "epoch", "x", "afterSeq", -1),
                        "websocket");
        assertThat(socket.refused()).contains("auth.afterSeq");
        assertThat(socket.awaitLifecycle("connect_error").args().path(1).path("code").asString())
                .isEqualTo("INVALID");
    }

    @Test
    void clients_whose_handlers_take_one_argument_can_decline_offsets() {
        SocketIoClient manager =
                open(Map.of("token", company.managerToken("m1"), "recovery", false), "websocket")
                        .connected();
        punch("e1", "IN");
        awaitPunches(manager, 1);
        assertThat(manager.events())
                .filteredOn(each -> each.name().equals("attendance_punch_in"))
                .allMatch(each -> each.args().size() == 1);
    }

    @Test
    void a_recovery_id_opens_nothing_to_somebody_else() {
        SocketIoClient manager =
                open(Map.of("token", company.managerToken("m1")), "websocket").connected();
        punch("e1", "IN");
        awaitPunches(manager, 1);
        punch("e1", "OUT");
        awaitPunches(manager, 2);
        var other = companies.found("resume-other");

        SocketIoClient thief =
                open(
                                Map.of(
                                        "token", other.managerToken("m1"),
                                        "pid", Recovery.pidOf(manager),
                                        "offset", "0"),
                                "websocket")
                        .connected();

        thief.await("resync_required");
        thief.await("feed_position");
        assertThat(thief.frames()).noneMatch(frame -> frame.contains("\"e1\""));
    }

    @Test
    void what_was_missed_while_the_server_was_killed_and_started_again_is_told_once()
            throws Exception {
        Path data = DataDirectories.create();
        AttendanceServer server = start(data);
        try {
            String token = server.tokens().manager("restart", "m1");
            SocketIoClient manager =
                    open(server.uri(""), Map.of("token", token), "websocket").connected();
            punch(server, "e1", "IN");
            awaitPunches(manager, 1);
            String pid = Recovery.pidOf(manager);
            // Stored at the last moment; nobody knows whether the manager still hears of it.
            punch(server, "e2", "IN");
            server.kill();
            manager.awaitLifecycle("disconnect");
            List<String> heardBefore = punches(manager);
            String offset = Recovery.offsetOf(manager);

            server = start(data);
            punch(server, "e3", "IN");
            SocketIoClient back =
                    open(
                                    server.uri(""),
                                    Map.of("token", token, "pid", pid, "offset", offset),
                                    "websocket")
                            .connected();
            AttendanceServer running = server;
            await().until(() -> punches(back).contains("e3 IN"));
            punch(running, "e4", "IN");
            await().until(() -> punches(back).contains("e4 IN"));

            assertThat(Recovery.pidOf(back)).isEqualTo(pid);
            assertThat(back.all("resync_required")).isEmpty();
            var all = new java.util.ArrayList<>(heardBefore);
            all.addAll(punches(back));
            assertThat(all).containsExactly("e1 IN", "e2 IN", "e3 IN", "e4 IN");
        } catch (Throwable e) {
            System.out.println("---- server log ----\n" + server.log().tail(60));
            throw e;
        } finally {
            server.close();
            DataDirectories.discard(data);
        }
    }

    private static AttendanceServer start(Path data) {
        return AttendanceServer.start(data, List.of(AttendanceServer.secret()));
    }

    private void punch(String employeeId, String type) {
        punch(companies.server(), company.id(), employeeId, type);
    }

    private static void punch(AttendanceServer server, String employeeId, String type) {
        punch(server, "restart", employeeId, type);
    }

    private static void punch(
            AttendanceServer server, String companyId, String employeeId, String type) {
        assertThat(
                        server.api(server.tokens().employee(companyId, employeeId))
                                .post(
                                        "/api/v1/punches",
                                        Say.restPunch(type, Say.now()),
                                        Say.commandId())
                                .status())
                .isEqualTo(201);
    }

    private SocketIoClient open(Map<String, ?> auth, String transport) {
        return open(companies.server().uri(""), auth, transport);
    }

    private SocketIoClient open(URI url, Map<String, ?> auth, String transport) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("auth", auth);
        options.put("transports", List.of(transport));
        return companies.sockets().open(url, options);
    }

    private static void awaitPunches(SocketIoClient manager, int count) {
        await().atMost(Duration.ofSeconds(10)).until(() -> punches(manager).size() >= count);
    }

    private static List<String> punches(SocketIoClient manager) {
        return manager.events().stream()
                .filter(each -> each.name().startsWith("attendance_punch_"))
                .map(
                        each ->
                                each.first().path("employeeId").asString()
                                        + (each.name().endsWith("in") ? " IN" : " OUT"))
                .toList();
    }

    private static void assertThatNumbersGrow(SocketIoClient manager) {
        long last = 0;
        for (SocketIoClient.Heard each : manager.events()) {
            if (each.name().startsWith("attendance_punch_")) {
                assertThat(each.first().path("seq").asLong()).isGreaterThan(last);
                last = each.first().path("seq").asLong();
            }
        }
    }

    /** Whether each connection was recovered, as the client library sees it. */
    private static List<Boolean> connects(SocketIoClient socket) {
        return socket.lifecycle().stream()
                .filter(each -> each.name().equals("connect"))
                .map(each -> each.args().path(2).asBoolean())
                .toList();
    }
}

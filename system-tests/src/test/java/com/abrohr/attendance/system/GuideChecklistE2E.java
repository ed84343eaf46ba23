package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Cable;
import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The testing checklist of the guide, a test for each line, with the socket.io-client of npm unless
 * said otherwise. One line is elsewhere: "performance under 100+ concurrent users" is {@code
 * CrowdE2E} in this folder, with 100 and with 1,000, and its figures are {@code
 * GuideFiguresBenchmark} in load-tests. The same in a browser with the guide's own code is {@link
 * GuideFrontendE2E}, with other client libraries {@link ClientsE2E}.
 */
@ExtendWith(RunningSystem.class)
class GuideChecklistE2E {
    private final Companies companies;
    private final Companies.Company company;

    GuideChecklistE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("checklist");
    }

    @Test
    void websocket_connection_establishes_with_valid_token() {
        // The options as the guide has them: polling first, then an upgrade.
        SocketIoClient socket = open(company.employeeToken("e1")).connected();

        assertThat(socket.awaitLifecycle("upgrade").first().asString()).isEqualTo("websocket");
    }

    @Test
    void connection_rejected_with_invalid_token() {
        assertThat(open("not.a.token").refused()).isEqualTo("Invalid token");
    }

    @Test
    void punch_in_event_sends_and_updates_database() throws Exception {
        SocketIoClient employee = company.employee("e1");

        employee.emit("punch_in", Say.punch("e1", Say.commandId()));
        JsonNode confirmed = employee.await("punch_in_confirmed");

        // Durable before it is confirmed, and soon where it is read.
        assertThat(count("select count(*) from events where payload_type like '%PunchedIn'"))
                .isEqualTo(1);
        await().until(() -> count("select count(*) from work_session where true") == 1);
        assertThat(
                        Answers.awaitItems(company.employeeApi("e1"), "/api/v1/sessions", 1)
                                .path(0)
                                .path("id"))
                .isEqualTo(confirmed.path("id"));
    }

    @Test
    void real_time_notification_to_managers() {
        SocketIoClient manager = company.manager("m1");
        Map<String, Object> punch = Say.punch("e1", Say.commandId());

        company.employee("e1").emit("punch_in", punch);

        JsonNode heard = manager.await("attendance_punch_in");
        assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
        assertThat(heard.path("timestamp").asString()).isEqualTo(punch.get("timestamp"));
        assertThat(heard.path("location").path("lng").asDouble()).isEqualTo(-3.7038);
        assertThat(heard.path("status").asString()).isEqualTo("success");
    }

    @Test
    void leave_request_creates_and_notifies() {
        SocketIoClient manager = company.manager("m1");

        company.employee("e1").emit("leave_request", Say.leave("e1", "2031-01-02", "2031-01-05"));

        JsonNode heard = manager.await("leave_request_new");
        assertThat(heard.path("employeeId").asString()).isEqualTo("e1");
        assertThat(heard.path("leaveType").asString()).isEqualTo("annual");
        assertThat(heard.path("startDate").asString()).isEqualTo("2031-01-02");
        assertThat(heard.path("endDate").asString()).isEqualTo("2031-01-05");
        assertThat(
                        Answers.awaitItems(company.managerApi("m1"), "/api/v1/leave-requests", 1)
                                .path(0)
                                .path("id"))
                .isEqualTo(heard.path("id"));
    }

    @Test
    void dashboard_updates_in_real_time() {
        SocketIoClient employee = company.employee("e1");
        employee.ask("punch_in", Say.punch("e1", Say.commandId()));
        SocketIoClient manager = company.manager("m1");
        manager.emit("request_live_dashboard", Map.of());
        manager.await("dashboard_snapshot");
        await().until(() -> Board.of(manager).count("IN") == 1);

        employee.emit("punch_out", Say.punch("e1", Say.commandId()));

        await().until(() -> Board.of(manager).count("IN") == 0);
        assertThat(Board.of(manager).presences()).containsEntry("e1", "OUT");
    }

    @Test
    void reconnection_works_after_disconnect() {
        try (var cable = new Cable(companies.server().port())) {
            SocketIoClient manager = openThrough(cable, company.managerToken("m1"), Map.of());
            manager.forget();
            cable.cut();
            manager.awaitLifecycle("disconnect");
            cable.mend();
            manager.awaitLifecycle("connect");

            company.employee("e1").emit("punch_in", Say.punch("e1", Say.commandId()));
            manager.await("attendance_punch_in");
            manager.close();
        }
    }

    /** With the client for Java, which Android applications use. */
    @Test
    void mobile_client_connects_successfully() {
        try (var android = new SocketIoClients(JavaClients::new)) {
            SocketIoClient phone =
                    android.open(
                                    companies.server().uri(""),
                                    Map.of("auth", Map.of("token", company.employeeToken("e1"))))
                            .connected();
            SocketIoClient manager = company.manager("m1");

            phone.emit("punch_in", Say.punch("e1", Say.commandId()));

            phone.await("punch_in_confirmed");
            manager.await("attendance_punch_in");
        }
    }

    /** The client keeps what is emitted without a connection and sends it on the next one. */
    @Test
    void offline_queuing_sends_later_and_a_repeat_counts_once() {
        try (var cable = new Cable(companies.server().port())) {
            SocketIoClient employee = openThrough(cable, company.employeeToken("e1"), Map.of());
            cable.cut();
            employee.awaitLifecycle("disconnect");
            Map<String, Object> in = Say.punch("e1", Say.commandId());
            Map<String, Object> out = Say.punch("e1", Say.commandId());
            // Again, as somebody does who is not sure.
            List.of(in, in).forEach(punch -> employee.emit("punch_in", punch));
            List.of(out, out).forEach(punch -> employee.emit("punch_out", punch));
            employee.forget();

            cable.mend();
            employee.awaitLifecycle("connect");

            await().until(() -> employee.all("punch_out_confirmed").size() == 2);
            for (String event : List.of("punch_in_confirmed", "punch_out_confirmed")) {
                List<JsonNode> answers = employee.all(event);
                assertThat(answers).as(event).hasSize(2);
                assertThat(answers.getFirst()).isEqualTo(answers.getLast());
            }
            assertThat(employee.all("error")).isEmpty();
            JsonNode punches = Answers.awaitItems(company.managerApi("m1"), "/api/v1/punches", 2);
            assertThat(punches).hasSize(2);
            employee.close();
        }
    }

    /** With {@code retries} the client repeats by itself until it is answered. */
    @Test
    void a_punch_that_was_under_way_when_the_connection_broke_is_sent_again_and_counts_once() {
        try (var cable = new Cable(companies.server().port())) {
            SocketIoClient employee =
                    openThrough(
                            cable,
                            company.employeeToken("e1"),
                            Map.of("retries", 20, "ackTimeout", 1000));
            SocketIoClient manager = company.manager("m1");
            employee.emit("punch_in", Say.punch("e1", Say.commandId()));
            cable.cut();
            employee.awaitLifecycle("disconnect");
            employee.forget();
            cable.mend();
            employee.awaitLifecycle("connect");
            employee.emit("punch_out", Say.punch("e1", Say.commandId()));

            manager.await("attendance_punch_out");
            assertThat(manager.all("attendance_punch_in")).hasSize(1);
            assertThat(employee.all("error")).isEmpty();
            employee.close();
        }
    }

    private SocketIoClient openThrough(Cable cable, String token, Map<String, ?> more) {
        Map<String, Object> options = new LinkedHashMap<>(more);
        options.put("auth", Map.of("token", token));
        options.put("reconnection", true);
        options.put("reconnectionDelay", 50);
        SocketIoClient socket = companies.sockets().open(cable.uri(), options).connected();
        // The client's upgrade must not be under way when the cable is cut: it would wait for its
        // heartbeat with polling paused.
        socket.awaitLifecycle("upgrade");
        return socket;
    }

    private SocketIoClient open(String token) {
        return companies
                .sockets()
                .open(companies.server().uri(""), Map.of("auth", Map.of("token", token)));
    }

    /**
     * @param select without the restriction to the company of this test
     */
    private long count(String select) throws Exception {
        try (Connection database = LogDatabase.connect(companies.server().dataDirectory());
                PreparedStatement statement =
                        database.prepareStatement(select + " and company_id = ?")) {
            statement.setString(1, company.id());
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}

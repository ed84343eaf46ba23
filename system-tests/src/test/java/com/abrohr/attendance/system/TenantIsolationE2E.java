package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Two companies with the same people's ids, each with a marker in every text that it sends: not one
 * byte with the marker of the other may reach it.
 */
@ExtendWith(RunningSystem.class)
class TenantIsolationE2E {
    private static final List<String> PEOPLE = List.of("e1", "e2", "e3");
    private static final List<String> READS =
            List.of(
                    "/api/v1/punches",
                    "/api/v1/sessions",
                    "/api/v1/presence",
                    "/api/v1/leave-requests",
                    "/api/v1/feed?after=0",
                    "/api/v1/punches?employeeId=e1",
                    "/api/v1/sessions?employeeId=e1",
                    "/api/v1/presence?employeeId=e1",
                    "/api/v1/leave-requests?employeeId=e1&limit=500");

    private final Side red;
    private final Side blue;

    TenantIsolationE2E(Companies companies) {
        this.red = new Side(companies.found("CANARYRED"), "CANARYRED");
        this.blue = new Side(companies.found("CANARYBLUE"), "CANARYBLUE");
    }

    @Test
    void neither_company_receives_a_byte_that_carries_the_others_marker() {
        for (String person : PEOPLE) {
            red.live(person);
            blue.live(person);
        }
        red.decide();
        blue.decide();
        red.awaitEverything();
        blue.awaitEverything();

        red.assertFreeOf(blue.marker);
        blue.assertFreeOf(red.marker);
        assertThat(red.received()).anyMatch(each -> each.contains(red.marker));
        assertThat(blue.received()).anyMatch(each -> each.contains(blue.marker));
    }

    @Test
    void a_company_named_in_a_body_or_a_query_is_not_believed() {
        blue.live("e1");
        SocketIoClient intruder = red.company.manager("m9");

        intruder.ask("request_live_dashboard", Map.of("companyId", blue.company.id()));
        Map<String, Object> punch = red.punch("m9");
        punch.put("companyId", blue.company.id());
        intruder.ask("punch_in", punch);
        Api api = red.company.managerApi("m9");
        for (String read : READS) {
            String separator = read.contains("?") ? "&" : "?";
            assertThat(api.get(read + separator + "companyId=" + blue.company.id()).text())
                    .doesNotContain(blue.marker);
        }
        assertThat(api.get("/api/v1/punches", Map.of("X-Company-Id", blue.company.id())).text())
                .doesNotContain(blue.marker);

        blue.managers.getFirst().forget();
        blue.live("e2");
        blue.managers.getFirst().await("attendance_punch_in");
        assertThat(intruder.frames()).noneMatch(each -> each.contains(blue.marker));
        assertThat(blue.received()).noneMatch(each -> each.contains(red.marker));
    }

    /** One of the two, with sockets that record all they get. */
    private static final class Side {
        private final Companies.Company company;
        private final String marker;
        private final List<SocketIoClient> managers = new ArrayList<>();
        private final List<SocketIoClient> all = new ArrayList<>();
        private final List<String> leave = new ArrayList<>();

        private Side(Companies.Company company, String marker) {
            this.company = company;
            this.marker = marker;
            for (String id : List.of("m1", "m2")) {
                SocketIoClient manager = company.manager(id);
                manager.ask("request_live_dashboard", Map.of());
                managers.add(manager);
                all.add(manager);
            }
        }

        private Map<String, Object> punch(String employeeId) {
            return new LinkedHashMap<>(Say.punch(employeeId, marker + "-" + Say.commandId()));
        }

        private void live(String employeeId) {
            SocketIoClient employee = company.employee(employeeId);
            all.add(employee);
            Answers.accepted(employee.ask("punch_in", punch(employeeId)));
            Map<String, Object> request =
                    Say.leave(employeeId, "2031-01-02", "2031-01-05", marker + " needs rest");
            request.put("leaveType", marker + "-leave");
            request.put("commandId", marker + "-" + Say.commandId());
            leave.add(
                    Answers.accepted(employee.ask("leave_request", request)).path("id").asString());
            Answers.accepted(employee.ask("punch_out", punch(employeeId)));
        }

        private void decide() {
            SocketIoClient manager = managers.getFirst();
            for (String id : leave) {
                manager.ask(
                        "leave_approve",
                        Map.of("id", id, "comment", marker + " agrees", "approved", true));
            }
            manager.ask(
                    "attendance_update",
                    Map.of(
                            "attendanceId",
                            "ws-1-e1",
                            "employeeId",
                            "e1",
                            "punchOutTime",
                            Say.now(),
                            "reason",
                            marker + " corrects"));
            // Refusals quote what was sent; they too must stay at home.
            manager.ask("punch_in", punch("e2"));
            manager.ask("leave_approve", Map.of("id", marker + "-nothing"));
        }

        private void awaitEverything() {
            for (SocketIoClient manager : managers) {
                await().until(
                                () ->
                                        manager.all("leave_request_updated").stream()
                                                        .filter(Side::isApproval)
                                                        .count()
                                                >= PEOPLE.size());
                manager.await("attendance_update");
            }
            managers.getLast().ask("request_live_dashboard", Map.of());
        }

        private static boolean isApproval(JsonNode update) {
            return update.path("status").asString("").equals("approved");
        }

        /** Every frame on every socket and every answer over REST. */
        private List<String> received() {
            List<String> received = new ArrayList<>();
            all.forEach(each -> received.addAll(each.frames()));
            for (Api api : List.of(company.managerApi("m1"), company.employeeApi("e1"))) {
                READS.forEach(read -> received.add(api.get(read).text()));
            }
            return received;
        }

        private void assertFreeOf(String foreign) {
            assertThat(received()).noneMatch(each -> each.contains(foreign));
        }
    }
}

package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

@ExtendWith(RunningSystem.class)
class DashboardE2E {
    private final Companies.Company company;

    DashboardE2E(Companies companies) {
        this.company = companies.found("dashboard");
    }

    @Test
    void a_snapshot_shows_everybody_and_the_deltas_after_it_keep_it_right() {
        company.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId()));
        SocketIoClient e2 = company.employee("e2");
        e2.ask("punch_in", Say.punch("e2", Say.commandId()));
        SocketIoClient manager = company.manager("m1");
        awaitPresence("e1", "IN");
        awaitPresence("e2", "IN");

        manager.emit("request_live_dashboard", Map.of());
        JsonNode snapshot = manager.await("dashboard_snapshot");

        assertThat(snapshot.path("epoch").asString("")).isNotBlank();
        assertThat(snapshot.path("counts").path("IN").asInt()).isEqualTo(2);
        Map<String, String> board = presences(snapshot.path("rows"));
        assertThat(board).containsEntry("e1", "IN").containsEntry("e2", "IN");

        e2.ask("punch_out", Say.punch("e2", Say.commandId()));
        company.employee("e3").ask("punch_in", Say.punch("e3", Say.commandId()));
        e2.ask("leave_request", Say.leave("e2", "2031-01-02", "2031-01-03"));
        manager.await(
                "dashboard_delta",
                delta -> delta.path("pendingLeave").path("upsert").toString().contains("lv-1-e2"));

        List<JsonNode> deltas = manager.all("dashboard_delta");
        long last = snapshot.path("seq").asLong();
        for (JsonNode delta : deltas) {
            assertThat(delta.path("prev").asLong()).isEqualTo(last);
            assertThat(delta.path("seq").asLong()).isGreaterThan(last);
            last = delta.path("seq").asLong();
            board.putAll(presences(delta.path("rows")));
        }
        assertThat(board)
                .containsEntry("e1", "IN")
                .containsEntry("e2", "OUT")
                .containsEntry("e3", "IN");

        manager.forget();
        manager.emit("request_live_dashboard", Map.of());
        JsonNode later = manager.await("dashboard_snapshot");
        assertThat(later.path("seq").asLong()).isEqualTo(last);
        assertThat(presences(later.path("rows"))).isEqualTo(board);
        assertThat(countsOf(later)).isEqualTo(counted(board));
        assertThat(later.path("pendingLeave").path(0).path("id").asString()).isEqualTo("lv-1-e2");
    }

    @Test
    void deltas_stay_dense_while_many_punch_at_once() {
        SocketIoClient manager = company.manager("m1");
        manager.emit("request_live_dashboard", Map.of());
        JsonNode snapshot = manager.await("dashboard_snapshot");
        int people = 40;

        IntStream.rangeClosed(1, people)
                .parallel()
                .forEach(
                        i ->
                                assertThat(
                                                company.employeeApi("p" + i)
                                                        .post(
                                                                "/api/v1/punches",
                                                                Say.restPunch("IN", Say.now()),
                                                                Say.commandId())
                                                        .status())
                                        .isBetween(200, 201));

        await().until(() -> manager.all("attendance_punch_in").size() >= people);
        manager.forget();
        SocketIoClient second = company.manager("m2");
        second.emit("request_live_dashboard", Map.of());
        JsonNode end = second.await("dashboard_snapshot");
        assertThat(countsOf(end)).containsEntry("IN", people);
        assertThat(end.path("seq").asLong() - snapshot.path("seq").asLong())
                .as("one entry for each registration and each punch")
                .isEqualTo(2L * people);
    }

    @Test
    void each_manager_hears_a_punch_once_and_its_numbers_join() {
        SocketIoClient manager = company.manager("m1");
        for (int i = 1; i <= 10; i++) {
            company.employeeApi("p" + i)
                    .post("/api/v1/punches", Say.restPunch("IN", Say.now()), Say.commandId());
        }
        await().until(() -> manager.all("attendance_punch_in").size() >= 10);

        List<JsonNode> heard = manager.all("attendance_punch_in");
        assertThat(heard).hasSize(10);
        long last = heard.getFirst().path("seq").asLong();
        for (JsonNode each : heard.subList(1, heard.size())) {
            assertThat(each.path("prev").asLong()).isLessThanOrEqualTo(last);
            assertThat(each.path("seq").asLong()).isGreaterThan(last);
            last = each.path("seq").asLong();
        }
    }

    @Test
    void an_employee_gets_no_board_of_colleagues() {
        company.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId()));
        awaitPresence("e1", "IN");
        SocketIoClient colleague = company.employee("e2");

        JsonNode answer = colleague.ask("request_live_dashboard", Map.of());

        assertThat(answer.path("ok").asBoolean(false) && answer.toString().contains("\"e1\""))
                .isFalse();
        colleague.ask("punch_in", Say.punch("e2", Say.commandId()));
        colleague.await("punch_in_confirmed");
        assertThat(colleague.frames()).noneMatch(frame -> frame.contains("\"e1\""));
    }

    private void awaitPresence(String employeeId, String presence) {
        await().untilAsserted(
                        () ->
                                assertThat(
                                                presences(
                                                        company.managerApi("m1")
                                                                .get("/api/v1/presence")
                                                                .items()))
                                        .containsEntry(employeeId, presence));
    }

    private static Map<String, String> presences(JsonNode rows) {
        Map<String, String> board = new TreeMap<>();
        rows.forEach(
                row ->
                        board.put(
                                row.path("employeeId").asString(),
                                row.path("presence").asString()));
        return board;
    }

    private static Map<String, Integer> counted(Map<String, String> board) {
        return board.values().stream()
                .collect(Collectors.groupingBy(each -> each, Collectors.summingInt(each -> 1)));
    }

    private static Map<String, Integer> countsOf(JsonNode snapshot) {
        Map<String, Integer> counts = new TreeMap<>();
        for (String presence : Set.of("IN", "OUT", "ON_LEAVE", "UNKNOWN")) {
            int count = snapshot.path("counts").path(presence).asInt(0);
            if (count > 0) {
                counts.put(presence, count);
            }
        }
        return counts;
    }
}

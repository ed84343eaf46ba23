package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        awaitPresence("e1", "IN");
        awaitPresence("e2", "IN");

        SocketIoClient manager = watching("m1");
        assertThat(manager.await("dashboard_snapshot").path("epoch").asString("")).isNotBlank();
        assertThat(Board.of(manager).presences())
                .containsEntry("e1", "IN")
                .containsEntry("e2", "IN");

        e2.ask("punch_out", Say.punch("e2", Say.commandId()));
        company.employee("e3").ask("punch_in", Say.punch("e3", Say.commandId()));
        e2.ask("leave_request", Say.leave("e2", "2031-01-02", "2031-01-03"));
        await().until(() -> Board.of(manager).inbox().contains("lv-1-e2"));

        assertThat(Board.of(manager).presences())
                .containsEntry("e1", "IN")
                .containsEntry("e2", "OUT")
                .containsEntry("e3", "IN");
        SocketIoClient late = watching("m2");
        await().untilAsserted(() -> assertThat(Board.of(late)).isEqualTo(Board.of(manager)));

        manager.ask("leave_approve", Map.of("id", "lv-1-e2"));
        await().until(() -> Board.of(manager).inbox().isEmpty());
    }

    @Test
    void nothing_is_missing_or_shown_twice_while_many_punch_at_once() {
        SocketIoClient manager = watching("m1");
        long before = Board.of(manager).seq();
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
        await().until(() -> Board.of(manager).count("IN") == people);
        assertThat(Board.of(manager).seq() - before)
                .as("one number for each registration and each punch")
                .isEqualTo(2L * people);
        assertThat(manager.all("attendance_punch_in")).hasSize(people);
        SocketIoClient late = watching("m2");
        await().untilAsserted(() -> assertThat(Board.of(late)).isEqualTo(Board.of(manager)));
    }

    @Test
    void counts_follow_the_board() {
        SocketIoClient manager = watching("m1");
        company.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId()));
        company.employee("e2").ask("punch_in", Say.punch("e2", Say.commandId()));

        JsonNode counts =
                manager.await(
                        "dashboard_counts", told -> told.path("counts").path("IN").asInt() == 2);
        assertThat(counts.path("seq").asLong()).isPositive();
        assertThat(counts.path("counts").path("OUT").asInt(-1)).isZero();
    }

    @Test
    void a_manager_hears_punches_under_the_numbers_of_their_receipts_and_so_does_the_board() {
        SocketIoClient manager = watching("m1");
        List<Long> receipts = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            receipts.add(
                    company.employeeApi("p" + i)
                            .post(
                                    "/api/v1/punches",
                                    Say.restPunch("IN", Say.now()),
                                    Say.commandId())
                            .body()
                            .path("seq")
                            .asLong());
        }
        await().until(() -> Board.of(manager).seq() == receipts.getLast());

        assertThat(manager.all("attendance_punch_in"))
                .extracting(each -> each.path("seq").asLong())
                .isSorted()
                .containsExactlyElementsOf(receipts);
        assertThat(manager.all("dashboard_delta"))
                .extracting(each -> each.path("seq").asLong())
                .isSorted()
                .containsAll(receipts.subList(9, 10));
    }

    @Test
    void whoever_heard_a_punch_is_shown_it_on_the_board_that_they_ask_for_next() {
        SocketIoClient manager = company.manager("m1");
        SocketIoClient employee = company.employee("e1");
        for (int round = 1; round <= 10; round++) {
            boolean in = round % 2 == 1;
            String commandId = Say.commandId();
            employee.emit(in ? "punch_in" : "punch_out", Say.punch("e1", commandId));
            long heard =
                    manager.await(
                                    in ? "attendance_punch_in" : "attendance_punch_out",
                                    each -> each.path("commandId").asString().equals(commandId))
                            .path("seq")
                            .asLong();
            SocketIoClient asking = watching("m2");
            await().until(() -> Board.of(asking).seq() >= heard);
            assertThat(Board.of(asking).presences()).containsEntry("e1", in ? "IN" : "OUT");
            asking.close();
        }
    }

    @Test
    void an_employee_gets_no_board_of_colleagues() {
        company.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId()));
        awaitPresence("e1", "IN");
        SocketIoClient colleague = company.employee("e2");

        assertThat(Answers.refusal(colleague.ask("request_live_dashboard", Map.of())))
                .isEqualTo("FORBIDDEN");
        colleague.ask("punch_in", Say.punch("e2", Say.commandId()));
        colleague.await("punch_in_confirmed");
        assertThat(colleague.all("dashboard_snapshot")).isEmpty();
        assertThat(colleague.frames()).noneMatch(frame -> frame.contains("\"e1\""));
    }

    private SocketIoClient watching(String managerId) {
        SocketIoClient manager = company.manager(managerId);
        manager.emit("request_live_dashboard", Map.of());
        manager.await("dashboard_snapshot");
        return manager;
    }

    private void awaitPresence(String employeeId, String presence) {
        await().untilAsserted(
                        () ->
                                assertThat(
                                                Board.presences(
                                                        company.managerApi("m1")
                                                                .get("/api/v1/presence")
                                                                .items()))
                                        .containsEntry(employeeId, presence));
    }
}

package com.abrohr.attendance.system.consistency;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.consistency.CommandHistory.Outcome;
import com.abrohr.attendance.system.consistency.CommandHistory.Try;

import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Each kind of damage is seen: a check that cannot fail proves nothing. */
class RulesBiteTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    private static final Map<String, String> OFFLINE = Map.of("offline", "true");

    private final List<LoggedEvent> log =
            List.of(
                    event(
                            1,
                            "employee/c/e1",
                            0,
                            "r",
                            "EmployeeRegistered",
                            Map.of("zoneId", "UTC")),
                    event(2, "time-clock/c/e1", 0, "a", "PunchedIn", session(1)),
                    event(3, "time-clock/c/e1", 1, "b", "PunchedOut", session(1)));

    @Test
    void a_sound_log_and_its_history_have_nothing_to_say() {
        assertThat(LogRules.violations(log)).isEmpty();
        assertThat(history("a", 2, "b", 3).contradictions(log)).isEmpty();
    }

    @Test
    void a_gap_in_the_index_is_seen() {
        assertThat(LogRules.violations(List.of(log.get(0), log.get(2)))).isNotEmpty();
    }

    @Test
    void a_gap_in_the_numbers_of_a_company_is_seen_and_one_given_twice() {
        for (long number : new long[] {2, 5}) {
            assertThat(
                            LogRules.violations(
                                    with(numbered(number, punchedIn(later(), later(), OFFLINE)))))
                    .anyMatch(each -> each.contains("number of the company is not dense"));
        }
    }

    @Test
    void each_company_is_numbered_by_itself() {
        LoggedEvent elsewhere =
                event("d", 4, 1, "employee/d/e1", 0, "r", "EmployeeRegistered", Map.of());
        assertThat(LogRules.violations(with(elsewhere))).isEmpty();
        assertThat(LogRules.violations(with(numbered(4, elsewhere))))
                .anyMatch(each -> each.contains("number of the company is not dense"));
    }

    @Test
    void two_punches_in_a_row_are_seen() {
        assertThat(
                        LogRules.violations(
                                with(
                                        event(
                                                4,
                                                "time-clock/c/e1",
                                                2,
                                                "c",
                                                "PunchedIn",
                                                session(2)),
                                        event(
                                                5,
                                                "time-clock/c/e1",
                                                3,
                                                "d",
                                                "PunchedIn",
                                                session(3)))))
                .anyMatch(each -> each.contains("while in"));
    }

    @Test
    void a_sequence_given_twice_is_seen() {
        assertThat(
                        LogRules.violations(
                                with(event(4, "time-clock/c/e1", 1, "c", "PunchedIn", session(2)))))
                .anyMatch(each -> each.contains("sequence is not dense"));
    }

    @Test
    void a_punch_that_counts_before_the_one_before_it_is_seen() {
        Instant earlier = START.minusSeconds(1);
        assertThat(LogRules.violations(with(punchedIn(earlier, START, Map.of()))))
                .anyMatch(each -> each.contains("time ran backwards"));
        assertThat(LogRules.violations(with(punchedIn(earlier, earlier, OFFLINE))))
                .anyMatch(each -> each.contains("time ran backwards"));
    }

    @Test
    void an_online_punch_that_counts_when_it_happened_is_seen_and_an_offline_one_that_does_not() {
        Instant later = later();
        assertThat(LogRules.violations(with(punchedIn(later, later, OFFLINE)))).isEmpty();
        assertThat(LogRules.violations(with(punchedIn(START, later, Map.of())))).isEmpty();
        assertThat(LogRules.violations(with(punchedIn(later, later, Map.of()))))
                .anyMatch(each -> each.contains("counts when it should not"));
        assertThat(LogRules.violations(with(punchedIn(START, later, OFFLINE))))
                .anyMatch(each -> each.contains("counts when it should not"));
    }

    @Test
    void a_punch_out_that_says_another_start_of_its_session_is_seen() {
        Map<String, Object> fields = new HashMap<>(session(1));
        fields.put("punchInTime", START.minusSeconds(1));
        assertThat(
                        LogRules.violations(
                                List.of(
                                        log.get(0),
                                        log.get(1),
                                        event(3, "time-clock/c/e1", 1, "b", "PunchedOut", fields))))
                .anyMatch(each -> each.contains("another start of its session"));
    }

    @Test
    void a_decision_that_says_other_dates_than_its_request_is_seen() {
        Map<String, Object> asked =
                Map.of(
                        "leaveId", "lv-1-e1",
                        "leaveType", "annual",
                        "startDate", "2031-01-02",
                        "endDate", "2031-01-03");
        Map<String, Object> moved = new HashMap<>(asked);
        moved.put("endDate", "2031-01-04");
        LoggedEvent request = event(4, "leave-account/c/e1", 0, "c", "LeaveSubmitted", asked);
        assertThat(
                        LogRules.violations(
                                with(
                                        request,
                                        event(
                                                5,
                                                "leave-account/c/e1",
                                                1,
                                                "d",
                                                "LeaveRejected",
                                                asked))))
                .isEmpty();
        assertThat(
                        LogRules.violations(
                                with(
                                        request,
                                        event(
                                                5,
                                                "leave-account/c/e1",
                                                1,
                                                "d",
                                                "LeaveRejected",
                                                moved))))
                .anyMatch(each -> each.contains("something else than its request"));
    }

    private static Instant later() {
        return START.plusSeconds(1);
    }

    private static LoggedEvent numbered(long companySeq, LoggedEvent event) {
        return copy(companySeq, event.step(), event);
    }

    private static LoggedEvent copy(long companySeq, int step, LoggedEvent event) {
        return new LoggedEvent(
                event.index(),
                companySeq,
                event.stream(),
                event.sequence(),
                event.company(),
                event.employee(),
                event.commandId(),
                step,
                event.type(),
                event.revision(),
                event.payload(),
                event.metadata(),
                event.recordedAt());
    }

    /** Received at START, as all of them. */
    private static LoggedEvent punchedIn(
            Instant counted, Instant occurred, Map<String, String> metadata) {
        Map<String, Object> fields = new HashMap<>(session(2));
        fields.put("countedAt", counted);
        fields.put("occurredAt", occurred);
        LoggedEvent event = event(4, "time-clock/c/e1", 2, "c", "PunchedIn", fields);
        metadata.forEach(((ObjectNode) event.metadata())::put);
        return event;
    }

    @Test
    void a_decision_on_what_was_never_asked_is_seen() {
        assertThat(
                        LogRules.violations(
                                with(
                                        event(
                                                4,
                                                "leave-account/c/e1",
                                                0,
                                                "c",
                                                "LeaveApproved",
                                                Map.of("leaveId", "lv-1-e1")))))
                .anyMatch(each -> each.contains("leave moves"));
    }

    @Test
    void a_lost_acknowledged_command_is_seen() {
        assertThat(history("a", 2, "b", 3, "lost", 4).contradictions(log))
                .anyMatch(each -> each.contains("not in the log"));
    }

    @Test
    void a_receipt_with_another_number_than_that_of_the_last_event_is_seen() {
        List<LoggedEvent> twoSteps =
                with(
                        copy(
                                4,
                                1,
                                event(
                                        4,
                                        "time-clock/c/e1",
                                        2,
                                        "b",
                                        "CorrectionRequested",
                                        Map.of())));
        assertThat(history("a", 2, "b", 3).contradictions(twoSteps))
                .singleElement()
                .asString()
                .contains("another number");
        CommandHistory right = history("a", 2);
        right.add(new Try("c", "e1", "b", "PunchedOut", 0, 1, Outcome.OK, 4, "as it was"));
        assertThat(right.contradictions(twoSteps)).isEmpty();
    }

    @Test
    void a_command_stored_twice_is_seen() {
        List<LoggedEvent> doubled =
                with(event(4, "time-clock/c/e1", 2, "a", "PunchedIn", session(2)));
        assertThat(history("a", 2, "b", 3).contradictions(doubled))
                .anyMatch(each -> each.contains("stored twice"));
        assertThat(LogRules.violations(doubled)).anyMatch(each -> each.contains("once and whole"));
    }

    @Test
    void an_event_that_nobody_sent_is_seen() {
        assertThat(history("a", 2).contradictions(log))
                .anyMatch(each -> each.contains("sent by nobody"));
    }

    @Test
    void another_answer_to_a_repeat_is_seen() {
        CommandHistory history = history("a", 2, "b", 3);
        history.add(new Try("c", "e1", "a", "PunchedIn", 0, 1, Outcome.OK, 2, "something else"));
        assertThat(history.contradictions(log)).anyMatch(each -> each.contains("another answer"));
    }

    @Test
    void a_row_that_the_projection_forgot_or_made_up_is_seen() {
        assertThat(ReadModels.folded(log)).isNotEqualTo(ReadModels.folded(log.subList(0, 2)));
        assertThat(ReadModels.folded(log).get("presence"))
                .containsExactly("c|e1|UTC|ws-1-e1|false|2026-11-22T08:00:00Z|false|0|3|");
        assertThat(ReadModels.folded(log).get("work_session"))
                .singleElement()
                .asString()
                .endsWith("|3");
        assertThat(ReadModels.folded(log).get("punch"))
                .extracting(each -> each.split("\\|")[2])
                .containsExactly("2", "3");
        assertThat(ReadModels.folded(log).get("company_position")).containsExactly("c|3");
    }

    @Test
    void presence_changes_next_when_the_next_approved_leave_begins_and_not_while_in() {
        Map<String, Object> asked =
                Map.of(
                        "leaveId", "lv-1-e1",
                        "leaveType", "annual",
                        "startDate", "2031-01-02",
                        "endDate", "2031-01-03");
        LoggedEvent request = event(4, "leave-account/c/e1", 0, "c", "LeaveSubmitted", asked);
        LoggedEvent approval = event(5, "leave-account/c/e1", 1, "d", "LeaveApproved", asked);
        assertThat(nextChange(with(request))).isEmpty();
        assertThat(nextChange(with(request, approval))).isEqualTo("2031-01-02T00:00:00Z");
        assertThat(
                        nextChange(
                                with(
                                        request,
                                        approval,
                                        event(
                                                6,
                                                "time-clock/c/e1",
                                                2,
                                                "e",
                                                "PunchedIn",
                                                session(2)))))
                .isEmpty();
    }

    private static String nextChange(List<LoggedEvent> log) {
        String row = ReadModels.folded(log).get("presence").getFirst();
        return row.substring(row.lastIndexOf('|') + 1);
    }

    private List<LoggedEvent> with(LoggedEvent... more) {
        List<LoggedEvent> all = new ArrayList<>(log);
        all.addAll(List.of(more));
        return all;
    }

    /** Even numbers are those of punches in. */
    private static CommandHistory history(Object... commandsAndNumbers) {
        var history = new CommandHistory();
        for (int i = 0; i < commandsAndNumbers.length; i += 2) {
            int number = (int) commandsAndNumbers[i + 1];
            String type = number % 2 == 0 ? "PunchedIn" : "PunchedOut";
            history.add(
                    new Try(
                            "c",
                            "e1",
                            (String) commandsAndNumbers[i],
                            type,
                            0,
                            1,
                            Outcome.OK,
                            number,
                            "as it was"));
        }
        return history;
    }

    private static Map<String, Object> session(int number) {
        return Map.of(
                "sessionId",
                "ws-" + number + "-e1",
                "zoneId",
                "UTC",
                "countedAt",
                START.toString(),
                "occurredAt",
                START.toString(),
                "punchInTime",
                START.toString(),
                "businessDate",
                "2026-11-22");
    }

    private static LoggedEvent event(
            long index,
            String stream,
            long sequence,
            String commandId,
            String type,
            Map<String, Object> fields) {
        return event("c", index, index, stream, sequence, commandId, type, fields);
    }

    private static LoggedEvent event(
            String company,
            long index,
            long companySeq,
            String stream,
            long sequence,
            String commandId,
            String type,
            Map<String, Object> fields) {
        var payload = JSON.createObjectNode();
        payload.put("companyId", company);
        fields.forEach((name, value) -> payload.put(name, value.toString()));
        var metadata = JSON.createObjectNode();
        metadata.put("companyId", company);
        metadata.put("actorRole", type.equals("EmployeeRegistered") ? "SYSTEM" : "EMPLOYEE");
        for (String key :
                List.of(
                        "actorId",
                        "source",
                        "commandId",
                        "occurredAt",
                        "zoneId",
                        "correlationId",
                        "causationId")) {
            metadata.put(key, "x");
        }
        metadata.put("receivedAt", START.toString());
        return new LoggedEvent(
                index,
                companySeq,
                stream,
                sequence,
                company,
                "e1",
                commandId,
                0,
                type,
                "2",
                (JsonNode) payload,
                metadata,
                START);
    }
}

package com.abrohr.attendance.command.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.LocalDate;
import java.util.stream.Stream;

class FieldRulesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 1);

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments("employeeId", new PunchIn("acme", " ", "c", null, null, null)),
                arguments("employeeId", new PunchIn("acme", "a\0b", "c", null, null, null)),
                arguments("employeeId", new PunchIn("acme", "a\nb", "c", null, null, null)),
                arguments("employeeId", new PunchIn("acme", "\ud800", "c", null, null, null)),
                arguments(
                        "employeeId", new PunchIn("acme", "a".repeat(129), "c", null, null, null)),
                arguments("commandId", new PunchIn("acme", "ana", "", null, null, null)),
                arguments(
                        "commandId", new PunchIn("acme", "ana", "c".repeat(129), null, null, null)),
                arguments("zone", new PunchIn("acme", "ana", "c", null, "Mars/Base", null)),
                arguments("zone", new PunchOut("acme", "ana", "c", null, "UTC+25", null)),
                arguments("occurredAt", new PunchOut("acme", "ana", "c", Instant.MIN, null, null)),
                arguments("occurredAt", new PunchIn("acme", "ana", "c", null, null, null, true)),
                arguments("occurredAt", new PunchOut("acme", "ana", "c", null, null, null, true)),
                arguments(
                        "punchInTime",
                        new CorrectWorkSession("acme", "ana", "c", "ws-1-ana", null, null, "x")),
                arguments("reason", leave(DAY, DAY, "x".repeat(2001))),
                arguments("reason", leave(DAY, DAY, "x\0y")),
                arguments("startDate", leave(null, DAY, null)),
                arguments("endDate", leave(DAY, LocalDate.of(10_000, 1, 1), null)),
                arguments(
                        "comment",
                        new ApproveLeave("acme", "ana", "c", "lv-1-ana", "x".repeat(1_000_000))),
                arguments(
                        "displayName",
                        new RegisterEmployee(
                                "acme", "ana", "c", "x".repeat(201), null, null, null)));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void aFaultIsInvalidAndNamesItsField(String field, EmployeeCommand command) {
        assertThatThrownBy(() -> CommandTypes.checkFields(command))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(field);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"a/b", "a\\b", "a;b", "50%", "a?", "#1", "a\u2028b", "a\u2029b", "a\u0085b"})
    void anIdThatAnAddressCannotHoldIsNotRegisteredButItsOwnerIsServed(String id) {
        assertThatThrownBy(
                        () ->
                                CommandTypes.checkFields(
                                        new RegisterEmployee(
                                                "acme", id, "c", null, null, null, null)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo("employeeId");
                        });
        if (id.chars().noneMatch(Character::isISOControl)) {
            CommandTypes.checkFields(new PunchIn("acme", id, "c", null, null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ana", "a b", "a.b", "ana@acme.example", "ñandú", "李四", "a+b:c", "😀"})
    void otherIdsAreRegistered(String id) {
        CommandTypes.checkFields(new RegisterEmployee("acme", id, "c", null, null, null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lv-1-bob", "lv-0-ana", "lv-01-ana", "nonsense", "lv--ana", "ws-1-ana"})
    void anIdThatNoLeaveOfThisEmployeeCanHaveIsUnknown(String id) {
        assertThatThrownBy(
                        () -> CommandTypes.checkFields(new WithdrawLeave("acme", "ana", "c", id)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNKNOWN_LEAVE));
    }

    @Test
    void whatIsSoundPasses() {
        CommandTypes.checkFields(
                new PunchIn(
                        "acme",
                        "ñandú/7",
                        "c".repeat(128),
                        Instant.EPOCH,
                        "Europe/Madrid",
                        new Location(1, 2, null)));
        CommandTypes.checkFields(leave(DAY, DAY, "two\nlines 😀"));
        CommandTypes.checkFields(new WithdrawLeave("acme", "a-b", "c", "lv-12-a-b"));
    }

    @Test
    void theFingerprintIsOfTheTypeAndTheBody() {
        String one = CommandTypes.fingerprint(new PunchIn("acme", "ana", "c", null, null, null));
        assertThat(one)
                .matches("[0-9a-f]{64}")
                .isEqualTo(
                        CommandTypes.fingerprint(new PunchIn("acme", "ana", "c", null, null, null)))
                .isNotEqualTo(
                        CommandTypes.fingerprint(
                                new PunchOut("acme", "ana", "c", null, null, null)))
                .isNotEqualTo(
                        CommandTypes.fingerprint(
                                new PunchIn("acme", "ana", "c", Instant.EPOCH, null, null)));
    }

    private static SubmitLeave leave(LocalDate first, LocalDate last, String reason) {
        return new SubmitLeave("acme", "ana", "c", "sick", first, last, reason);
    }
}

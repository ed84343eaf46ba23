package com.abrohr.attendance.command.engine;

import static com.abrohr.attendance.messages.identity.Role.ADMIN;
import static com.abrohr.attendance.messages.identity.Role.EMPLOYEE;
import static com.abrohr.attendance.messages.identity.Role.HR;
import static com.abrohr.attendance.messages.identity.Role.INTEGRATION;
import static com.abrohr.attendance.messages.identity.Role.MANAGER;
import static com.abrohr.attendance.messages.identity.Role.SYSTEM;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

class PermissionTest {

    private static final Set<Role> WORKERS =
            EnumSet.of(EMPLOYEE, MANAGER, HR, ADMIN, INTEGRATION, SYSTEM);
    private static final Set<Role> FOR_OTHERS = EnumSet.of(HR, INTEGRATION, SYSTEM);
    private static final Set<Role> DECIDERS = EnumSet.of(MANAGER, HR);
    private static final Set<Role> REGISTRARS = EnumSet.of(HR, ADMIN, INTEGRATION, SYSTEM);

    record Line(EmployeeCommand command, Set<Role> self, Set<Role> others) {}

    static List<Line> table() {
        LocalDate day = LocalDate.of(2026, 12, 1);
        return List.of(
                new Line(new PunchIn("acme", "ana", "c", null, null, null), WORKERS, FOR_OTHERS),
                new Line(new PunchOut("acme", "ana", "c", null, null, null), WORKERS, FOR_OTHERS),
                new Line(
                        new CorrectWorkSession("acme", "ana", "c", "ws-1-ana", null, null, null),
                        DECIDERS,
                        DECIDERS),
                new Line(
                        new SubmitLeave("acme", "ana", "c", "sick", day, day, null),
                        WORKERS,
                        FOR_OTHERS),
                new Line(new WithdrawLeave("acme", "ana", "c", "lv-1-ana"), WORKERS, FOR_OTHERS),
                new Line(
                        new ApproveLeave("acme", "ana", "c", "lv-1-ana", null), DECIDERS, DECIDERS),
                new Line(new RejectLeave("acme", "ana", "c", "lv-1-ana", null), DECIDERS, DECIDERS),
                new Line(
                        new RegisterEmployee("acme", "ana", "c", null, null, null, null),
                        REGISTRARS,
                        REGISTRARS));
    }

    @ParameterizedTest
    @MethodSource("table")
    void everyRoleMayAskWhatTheTableSaysAndNothingElse(Line line) {
        for (Role role : Role.values()) {
            assertThat(allows(line.command(), new Actor("acme", "ana", role)))
                    .as("%s about self", role)
                    .isEqualTo(line.self().contains(role));
            assertThat(allows(line.command(), new Actor("acme", "zoe", role)))
                    .as("%s about others", role)
                    .isEqualTo(line.others().contains(role));
            assertThat(allows(line.command(), new Actor("other", "ana", role)))
                    .as("%s of another company", role)
                    .isFalse();
        }
    }

    @Test
    void everyCommandIsInTheTable() {
        assertThat(table().stream().<Class<?>>map(line -> line.command().getClass()))
                .containsExactlyInAnyOrderElementsOf(CommandTypes.permitted());
    }

    private static boolean allows(EmployeeCommand command, Actor actor) {
        try {
            CommandTypes.of(command).permission().check(command, actor);
            return true;
        } catch (Refusal refusal) {
            assertThat(refusal.code()).isEqualTo(RefusalCode.FORBIDDEN);
            return false;
        }
    }
}

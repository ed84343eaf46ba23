package com.abrohr.attendance.command.leave;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.LocalDate;

class LeaveRulesTest {

    private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

    @Test
    void oneLeaveLastsAYearAtMost() {
        assertThatCode(() -> LeaveDays.asked(FIRST, FIRST.plusDays(365)))
                .doesNotThrowAnyException();
        assertThatCode(() -> LeaveDays.asked(FIRST, FIRST)).doesNotThrowAnyException();
        assertThatThrownBy(() -> LeaveDays.asked(FIRST, FIRST.plusDays(366)))
                .isInstanceOfSatisfying(
                        Refusal.class, it -> assertThat(it.field()).isEqualTo("endDate"));
        assertThatThrownBy(() -> LeaveDays.asked(FIRST, FIRST.minusDays(1)))
                .isInstanceOfSatisfying(
                        Refusal.class, it -> assertThat(it.field()).isEqualTo("endDate"));
    }

    @Test
    void bothEndsOfALeaveBelongToIt() {
        LeaveDays leave = new LeaveDays(FIRST, FIRST.plusDays(2));
        assertThat(leave.shareADayWith(new LeaveDays(FIRST.plusDays(2), FIRST.plusDays(3))))
                .isTrue();
        assertThat(leave.shareADayWith(new LeaveDays(FIRST.minusDays(3), FIRST))).isTrue();
        assertThat(leave.shareADayWith(new LeaveDays(FIRST.plusDays(3), FIRST.plusDays(3))))
                .isFalse();
        assertThat(leave.shareADayWith(new LeaveDays(FIRST.minusDays(3), FIRST.minusDays(1))))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void onlyPendingAndApprovedRequestsHoldTheirDays(LeaveStatus status) {
        LeaveRequests requests = new LeaveRequests();
        requests.add("lv-1-ana", "vacation", new LeaveDays(FIRST, FIRST));
        requests.turn("lv-1-ana", status);
        boolean holds = status == LeaveStatus.PENDING || status == LeaveStatus.APPROVED;
        if (holds) {
            assertThatThrownBy(
                            () ->
                                    new LeavesDoNotOverlap(requests)
                                            .check(new LeaveDays(FIRST, FIRST)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            it -> assertThat(it.code()).isEqualTo(RefusalCode.OVERLAP));
        } else {
            new LeavesDoNotOverlap(requests).check(new LeaveDays(FIRST, FIRST));
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "PENDING")
    void onlyAPendingRequestMoves(LeaveStatus status) {
        LeaveRequests requests = new LeaveRequests();
        requests.add("lv-1-ana", "vacation", new LeaveDays(FIRST, FIRST));
        OnlyPendingRequestsChange rule = new OnlyPendingRequestsChange(requests);
        rule.check("lv-1-ana");
        requests.turn("lv-1-ana", status);
        assertThatThrownBy(() -> rule.check("lv-1-ana"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        it -> assertThat(it.code()).isEqualTo(RefusalCode.ILLEGAL_TRANSITION));
        assertThatThrownBy(() -> rule.check("lv-2-ana"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        it -> assertThat(it.code()).isEqualTo(RefusalCode.UNKNOWN_LEAVE));
    }
}

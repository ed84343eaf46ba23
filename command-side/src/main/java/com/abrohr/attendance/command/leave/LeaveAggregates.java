package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.command.bus.AggregateKind;
import com.abrohr.attendance.command.decision.StreamId;

/** What this feature hands to the command bus. */
public final class LeaveAggregates {

    private LeaveAggregates() {}

    public static AggregateKind<?> kind() {
        return new AggregateKind<>(
                LeaveAccount.class,
                LeaveAccount::new,
                StreamId::leaveAccount,
                LeaveAccount::retainedBytes);
    }
}

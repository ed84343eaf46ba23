package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.command.bus.AggregateKind;
import com.abrohr.attendance.command.decision.StreamId;

/** What this feature hands to the command bus. */
public final class WorkforceAggregates {

    private WorkforceAggregates() {}

    public static AggregateKind<?> kind() {
        return new AggregateKind<>(
                Employee.class, Employee::new, StreamId::employee, Employee::retainedBytes);
    }
}

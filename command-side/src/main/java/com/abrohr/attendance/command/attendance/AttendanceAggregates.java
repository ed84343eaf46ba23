package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.bus.AggregateKind;
import com.abrohr.attendance.command.decision.StreamId;

/** What this feature hands to the command bus. */
public final class AttendanceAggregates {

    private AttendanceAggregates() {}

    public static AggregateKind<?> kind() {
        return new AggregateKind<>(TimeClock.class, TimeClock::new, StreamId::timeClock);
    }
}

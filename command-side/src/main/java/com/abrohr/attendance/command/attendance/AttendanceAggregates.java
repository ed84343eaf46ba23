package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.bus.AggregateKind;
import com.abrohr.attendance.command.decision.StreamId;

import java.time.Duration;
import java.util.List;

/** What this feature hands to the command bus. */
public final class AttendanceAggregates {

    private AttendanceAggregates() {}

    /**
     * @param offlineLookBack how long ago a punch sent as offline may have happened
     */
    public static AggregateKind<?> kind(Duration offlineLookBack) {
        return new AggregateKind<>(
                TimeClock.class,
                TimeClock::new,
                StreamId::timeClock,
                TimeClock::retainedBytes,
                List.of(new OfflinePolicy(offlineLookBack)));
    }
}

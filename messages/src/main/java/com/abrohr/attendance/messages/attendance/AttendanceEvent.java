package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.DomainEvent;

/** The whole language of an employee's time clock. */
public sealed interface AttendanceEvent extends DomainEvent
        permits PunchedIn, PunchedOut, CorrectionRequested, CorrectionApproved, PunchCorrected {
    /** The work session that the event belongs to, a {@link WorkSessionId}. */
    String sessionId();
}

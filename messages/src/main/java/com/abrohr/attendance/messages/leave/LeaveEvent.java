package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.DomainEvent;

/** The whole language of an employee's leave account. */
public sealed interface LeaveEvent extends DomainEvent
        permits LeaveSubmitted, LeaveWithdrawn, LeaveApproved, LeaveRejected {
    /** The leave request that the event belongs to, a {@link LeaveRequestId}. */
    String leaveId();
}

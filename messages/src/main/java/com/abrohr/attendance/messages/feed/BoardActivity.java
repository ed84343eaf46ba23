package com.abrohr.attendance.messages.feed;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One line of the board's activity.
 *
 * @param seq the company's number of the event
 * @param kind PUNCH_IN, PUNCH_OUT, SESSION_CORRECTED, LEAVE_REQUESTED, LEAVE_APPROVED,
 *     LEAVE_REJECTED, LEAVE_WITHDRAWN or EMPLOYEE_JOINED
 * @param at occurredAt of a punch, else recordedAt
 * @param detail the session's id, or type and dates of a leave; null for none
 */
public record BoardActivity(
        long seq,
        String kind,
        String employeeId,
        String displayName,
        Instant at,
        @Nullable String detail) {}

package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.PageRequest;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * Punches, newest first; answered with a Page of {@link PunchView}.
 *
 * @param employeeId null for all
 * @param from first occurredAt included; null for the beginning
 * @param to first occurredAt excluded; null for the end
 */
public record FindPunches(
        String companyId,
        @Nullable String employeeId,
        @Nullable String siteId,
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable String source,
        PageRequest page) {}

package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.PageRequest;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/**
 * Work sessions, newest first; answered with a Page of {@link WorkSessionView}.
 *
 * @param from first business date included; null for the beginning
 * @param to last business date included; null for the end
 */
public record FindWorkSessions(
        String companyId,
        @Nullable String employeeId,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        PageRequest page) {}

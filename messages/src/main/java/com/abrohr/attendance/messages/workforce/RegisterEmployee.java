package com.abrohr.attendance.messages.workforce;

import org.jspecify.annotations.Nullable;

/**
 * @param displayName null for somebody known only from a token: the board then shows the id
 * @param zoneId IANA zone of the employee's site; null for the company's default
 */
public record RegisterEmployee(
        String companyId,
        String employeeId,
        String commandId,
        @Nullable String displayName,
        @Nullable String departmentId,
        @Nullable String siteId,
        @Nullable String zoneId)
        implements WorkforceCommand {}

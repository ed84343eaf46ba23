package com.abrohr.attendance.messages.workforce;

import org.jspecify.annotations.Nullable;

/**
 * @param displayName the employee's id where no name is known
 */
public record EmployeeView(
        String employeeId,
        String displayName,
        @Nullable String departmentId,
        @Nullable String siteId,
        String zoneId) {}

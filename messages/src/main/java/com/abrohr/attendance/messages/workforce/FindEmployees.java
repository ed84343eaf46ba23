package com.abrohr.attendance.messages.workforce;

import com.abrohr.attendance.messages.PageRequest;

import org.jspecify.annotations.Nullable;

/** The people of a company, by employee id; answered with a Page of {@link EmployeeView}. */
public record FindEmployees(
        String companyId,
        @Nullable String employeeId,
        @Nullable String siteId,
        @Nullable String departmentId,
        PageRequest page) {}

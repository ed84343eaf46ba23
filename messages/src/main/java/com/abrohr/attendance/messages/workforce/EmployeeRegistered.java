package com.abrohr.attendance.messages.workforce;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

public record EmployeeRegistered(
        String companyId,
        String employeeId,
        @PersonalData(Category.NAME) @Nullable String displayName,
        @Nullable String departmentId,
        @Nullable String siteId,
        String zoneId)
        implements WorkforceEvent {}

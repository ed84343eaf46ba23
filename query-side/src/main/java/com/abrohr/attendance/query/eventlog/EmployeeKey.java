package com.abrohr.attendance.query.eventlog;

/** One employee among all companies. */
public record EmployeeKey(String companyId, String employeeId) {}

package com.abrohr.attendance.messages.attendance.archfixture;

/** Legal; for an engine that depends on it. */
public record EventOfAFeature(String companyId, String employeeId) {}

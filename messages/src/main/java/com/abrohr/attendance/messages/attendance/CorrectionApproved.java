package com.abrohr.attendance.messages.attendance;

public record CorrectionApproved(
        String companyId, String employeeId, String sessionId, String approvedBy)
        implements AttendanceEvent {}

package com.abrohr.attendance.messages.leave;

import com.abrohr.attendance.messages.PageRequest;

import org.jspecify.annotations.Nullable;

/** Leave requests, newest first; answered with a Page of {@link LeaveRequestView}. */
public record FindLeaveRequests(
        String companyId,
        @Nullable String employeeId,
        @Nullable LeaveStatus status,
        PageRequest page) {}

package com.abrohr.attendance.query.livefeed;

import java.time.Instant;

/** The columns of a feed entry beside its payload. */
record FeedRow(
        String companyId,
        long seq,
        long managersPrev,
        long employeePrev,
        String employeeId,
        Instant recordedAt) {}

package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/**
 * @param occurredAt when the person says it happened
 * @param countedAt the instant that counts for the work session: the receipt for an online punch,
 *     occurredAt for an offline one
 * @param zoneId IANA zone of the punch
 * @param businessDate local date of the session's first punch, in its zone
 * @param punchInTime the start of the session that the punch ends, as it counted then; null in
 *     events of revision 1
 * @param location geo URI, see {@link Location#toGeoUri()}
 */
public record PunchedOut(
        String companyId,
        String employeeId,
        String sessionId,
        Instant occurredAt,
        Instant countedAt,
        String zoneId,
        LocalDate businessDate,
        @Nullable Instant punchInTime,
        @PersonalData(Category.LOCATION) @Nullable String location)
        implements AttendanceEvent {}

package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/**
 * Where an employee stands at an instant: IN while a session is open, else ON_LEAVE while an
 * approved leave covers the local date, else OUT. A pure function, so nothing ticks in the log.
 */
final class PresenceRule {
    private PresenceRule() {}

    static PresenceView at(EmployeeFacts facts, Instant now) {
        if (facts.deadLettered()) {
            return view(facts, Presence.UNKNOWN, null, null);
        }
        Instant since = facts.clock().since();
        if (facts.clock().open()) {
            return view(facts, Presence.IN, since, null);
        }
        ZoneId zone = ZoneId.of(facts.person().zoneId());
        LocalDate today = now.atZone(zone).toLocalDate();
        Range current = null;
        LocalDate lastDay = today;
        Instant lastLeaveEnd = null;
        LocalDate nextStart = null;
        for (Range range : facts.leave().approved()) {
            if (range.to().isBefore(today)) {
                lastLeaveEnd = later(lastLeaveEnd, midnight(range.to().plusDays(1), zone));
            } else if (!range.from().isAfter(current == null ? today : lastDay.plusDays(1))) {
                current = current == null ? range : current;
                lastDay = range.to().isAfter(lastDay) ? range.to() : lastDay;
            } else if (nextStart == null || range.from().isBefore(nextStart)) {
                nextStart = range.from();
            }
        }
        if (current != null) {
            return view(
                    facts,
                    Presence.ON_LEAVE,
                    later(since, midnight(current.from(), zone)),
                    midnight(lastDay.plusDays(1), zone));
        }
        return view(
                facts,
                Presence.OUT,
                later(since, lastLeaveEnd),
                nextStart == null ? null : midnight(nextStart, zone));
    }

    private static PresenceView view(
            EmployeeFacts facts,
            Presence presence,
            @Nullable Instant since,
            @Nullable Instant nextChangeAt) {
        return new PresenceView(
                facts.employeeId(),
                facts.displayName(),
                facts.person().departmentId(),
                facts.person().siteId(),
                facts.person().zoneId(),
                presence,
                since,
                facts.clock().open() ? facts.clock().sessionId() : null,
                facts.clock().location(),
                nextChangeAt);
    }

    private static Instant midnight(LocalDate day, ZoneId zone) {
        return day.atStartOfDay(zone).toInstant();
    }

    private static @Nullable Instant later(@Nullable Instant a, @Nullable Instant b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.isAfter(b) ? a : b;
    }
}

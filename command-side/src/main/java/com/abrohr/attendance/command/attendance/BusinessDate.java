package com.abrohr.attendance.command.attendance;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** A whole session belongs to the local date of its first punch, in that punch's zone. */
record BusinessDate(ZoneId zone) {
    LocalDate of(Instant firstPunch) {
        return firstPunch.atZone(zone).toLocalDate();
    }
}

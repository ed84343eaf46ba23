package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.messages.Refusal;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** A leave's days, both ends included: it ends not before it starts and lasts a year at most. */
record LeaveDays(LocalDate first, LocalDate last) {
    static final int MOST = 366;

    /**
     * @throws Refusal INVALID
     */
    static LeaveDays asked(LocalDate startDate, LocalDate endDate) {
        if (endDate.isBefore(startDate)) {
            throw Refusal.invalid("endDate", "Leave ends on the day it starts or later");
        }
        if (ChronoUnit.DAYS.between(startDate, endDate) >= MOST) {
            throw Refusal.invalid("endDate", "One leave lasts " + MOST + " days at most");
        }
        return new LeaveDays(startDate, endDate);
    }

    boolean shareADayWith(LeaveDays other) {
        return !first.isAfter(other.last) && !other.first.isAfter(last);
    }
}

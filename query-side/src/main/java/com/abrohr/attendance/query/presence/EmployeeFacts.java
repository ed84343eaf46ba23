package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.query.eventlog.EmployeeKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What is known of one employee: everything that presence is computed from.
 *
 * @param deadLettered whether events of the employee are dead letters, so that presence is UNKNOWN
 * @param deadLetteredChangedAt when that last began or ended; null if it never did
 * @param lastSeq the company's number of the last event applied; 0 for none
 * @param nextChangeAt when presence changes by itself, as it was known after that event; null for
 *     never
 */
record EmployeeFacts(
        EmployeeKey employee,
        Person person,
        Clock clock,
        Leave leave,
        boolean deadLettered,
        @Nullable Instant deadLetteredChangedAt,
        long lastSeq,
        @Nullable Instant nextChangeAt) {
    /** Somebody of whom no event was applied yet. */
    static EmployeeFacts initial(EmployeeKey employee) {
        return new EmployeeFacts(
                employee,
                new Person(null, null, null, "UTC"),
                new Clock(null, false, null, null),
                new Leave(List.of()),
                false,
                null,
                0,
                null);
    }

    String employeeId() {
        return employee.employeeId();
    }

    String displayName() {
        return person.displayName() == null ? employeeId() : person.displayName();
    }

    EmployeeFacts withPerson(Person changed) {
        return with(changed, clock, leave, lastSeq, nextChangeAt);
    }

    EmployeeFacts withClock(Clock changed) {
        return with(person, changed, leave, lastSeq, nextChangeAt);
    }

    EmployeeFacts withLeave(Leave changed) {
        return with(person, clock, changed, lastSeq, nextChangeAt);
    }

    EmployeeFacts withLastSeq(long changed, @Nullable Instant nextChange) {
        return with(person, clock, leave, changed, nextChange);
    }

    private EmployeeFacts with(Person p, Clock c, Leave l, long seq, @Nullable Instant next) {
        return new EmployeeFacts(employee, p, c, l, deadLettered, deadLetteredChangedAt, seq, next);
    }

    EmployeeFacts withDeadLettered(boolean changed, Instant at) {
        return new EmployeeFacts(
                employee, person, clock, leave, changed, at, lastSeq, nextChangeAt);
    }

    record Person(
            @Nullable String displayName,
            @Nullable String departmentId,
            @Nullable String siteId,
            String zoneId) {}

    /**
     * @param sessionId the last work session; null before the first
     * @param since when that session was opened, or closed
     * @param location of the last punch
     */
    record Clock(
            @Nullable String sessionId,
            boolean open,
            @Nullable Instant since,
            @Nullable Location location) {}

    /**
     * @param approved ascending by first day
     */
    record Leave(List<Range> approved) {
        Leave {
            approved = List.copyOf(approved);
        }
    }

    /**
     * An approved leave; both days are on leave.
     *
     * @param id of the leave request
     */
    record Range(String id, LocalDate from, LocalDate to) {}
}

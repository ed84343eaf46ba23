package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Location;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What is stored of one employee: everything that presence is computed from, and how far each of
 * the employee's streams was applied.
 *
 * @param workforceSeq last applied sequence of the employee's own stream; -1 for none
 * @param parked an event waits in the dead-letter queue, so nobody knows where the employee stands
 * @param feedSeq the last feed number that this employee may hear; 0 for none
 */
record EmployeeFacts(
        String companyId,
        String employeeId,
        long workforceSeq,
        Person person,
        Clock clock,
        Leave leave,
        boolean parked,
        long feedSeq) {

    static final long NONE_APPLIED = -1;

    /** Somebody of whom nothing was heard yet. */
    static EmployeeFacts unheardOf(String companyId, String employeeId) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                NONE_APPLIED,
                new Person(null, null, null, "UTC"),
                new Clock(NONE_APPLIED, null, false, null, null),
                new Leave(NONE_APPLIED, List.of()),
                false,
                0);
    }

    String displayName() {
        return person.displayName() == null ? employeeId : person.displayName();
    }

    EmployeeFacts withPerson(long sequence, Person changed) {
        return new EmployeeFacts(
                companyId, employeeId, sequence, changed, clock, leave, parked, feedSeq);
    }

    EmployeeFacts withClock(Clock changed) {
        return new EmployeeFacts(
                companyId, employeeId, workforceSeq, person, changed, leave, parked, feedSeq);
    }

    EmployeeFacts withLeave(Leave changed) {
        return new EmployeeFacts(
                companyId, employeeId, workforceSeq, person, clock, changed, parked, feedSeq);
    }

    EmployeeFacts withParked(boolean changed) {
        return new EmployeeFacts(
                companyId, employeeId, workforceSeq, person, clock, leave, changed, feedSeq);
    }

    EmployeeFacts withFeedSeq(long changed) {
        return new EmployeeFacts(
                companyId, employeeId, workforceSeq, person, clock, leave, parked, changed);
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
            long sequence,
            @Nullable String sessionId,
            boolean open,
            @Nullable Instant since,
            @Nullable Location location) {}

    /**
     * @param approved ascending by first day
     */
    record Leave(long sequence, List<Range> approved) {
        Leave {
            approved = List.copyOf(approved);
        }
    }

    /** An approved leave; both days are on leave. */
    record Range(String id, LocalDate from, LocalDate to) {}
}

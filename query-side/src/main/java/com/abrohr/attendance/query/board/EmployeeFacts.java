package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.workforce.EmployeeView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/**
 * What is known of one employee: everything that presence is computed from.
 *
 * @param parked an event waits in the dead-letter queue, so nobody knows where the employee stands
 * @param parkedChangedAt when that last began or ended; null if it never did
 * @param lastSeq the company's number of the last event applied; 0 for none
 * @param nextChangeAt when presence changes by itself, as it was known after that event; null for
 *     never
 */
public record EmployeeFacts(
        String companyId,
        String employeeId,
        Person person,
        Clock clock,
        Leave leave,
        boolean parked,
        @Nullable Instant parkedChangedAt,
        long lastSeq,
        @Nullable Instant nextChangeAt) {

    /** Somebody of whom no event was applied yet. */
    public static EmployeeFacts initial(String companyId, String employeeId) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                new Person(null, null, null, "UTC"),
                new Clock(null, false, null, null),
                new Leave(List.of()),
                false,
                null,
                0,
                null);
    }

    public String displayName() {
        return person.displayName() == null ? employeeId : person.displayName();
    }

    EmployeeView employee() {
        return new EmployeeView(
                employeeId, displayName(), person.departmentId(), person.siteId(), person.zoneId());
    }

    EmployeeFacts withPerson(Person changed) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                changed,
                clock,
                leave,
                parked,
                parkedChangedAt,
                lastSeq,
                nextChangeAt);
    }

    EmployeeFacts withClock(Clock changed) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                person,
                changed,
                leave,
                parked,
                parkedChangedAt,
                lastSeq,
                nextChangeAt);
    }

    EmployeeFacts withLeave(Leave changed) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                person,
                clock,
                changed,
                parked,
                parkedChangedAt,
                lastSeq,
                nextChangeAt);
    }

    public EmployeeFacts withParked(boolean changed, Instant at) {
        return new EmployeeFacts(
                companyId, employeeId, person, clock, leave, changed, at, lastSeq, nextChangeAt);
    }

    EmployeeFacts withLastSeq(long changed, @Nullable Instant nextChange) {
        return new EmployeeFacts(
                companyId,
                employeeId,
                person,
                clock,
                leave,
                parked,
                parkedChangedAt,
                changed,
                nextChange);
    }

    public record Person(
            @Nullable String displayName,
            @Nullable String departmentId,
            @Nullable String siteId,
            String zoneId) {}

    /**
     * @param sessionId the last work session; null before the first
     * @param since when that session was opened, or closed
     * @param location of the last punch
     */
    public record Clock(
            @Nullable String sessionId,
            boolean open,
            @Nullable Instant since,
            @Nullable Location location) {}

    /**
     * @param approved ascending by first day
     */
    public record Leave(List<Range> approved) {
        public Leave {
            approved = List.copyOf(approved);
        }
    }

    /** An approved leave; both days are on leave. */
    public record Range(String id, LocalDate from, LocalDate to) {}
}

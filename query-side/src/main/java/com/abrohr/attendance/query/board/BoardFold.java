package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;
import com.abrohr.attendance.query.board.EmployeeFacts.Clock;
import com.abrohr.attendance.query.board.EmployeeFacts.Leave;
import com.abrohr.attendance.query.board.EmployeeFacts.Person;
import com.abrohr.attendance.query.board.EmployeeFacts.Range;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One event applied to what is stored: a pure function. It throws where the event cannot be true of
 * these rows; such an event is dead-lettered.
 */
final class BoardFold {

    /** A leave that ended this long before a later approval no longer bears on presence. */
    private static final int KEPT_DAYS = 31;

    private BoardFold() {}

    /**
     * @param sessions what is stored of a work session of this employee; null for none
     * @param requests what is stored of a leave request of this employee; null for none
     */
    static Outcome apply(
            EmployeeFacts facts,
            Function<String, @Nullable WorkSessionView> sessions,
            Function<String, @Nullable LeaveRequestView> requests,
            Recorded recorded) {
        return switch (recorded.event()) {
            case AttendanceEvent event -> clock(facts, sessions, event, recorded);
            case LeaveEvent event -> leave(facts, requests, event, recorded);
            case WorkforceEvent event -> workforce(facts, event, recorded);
            default ->
                    throw new IllegalArgumentException(
                            "no rule for " + recorded.event().getClass().getSimpleName());
        };
    }

    private static Outcome clock(
            EmployeeFacts facts,
            Function<String, @Nullable WorkSessionView> sessions,
            AttendanceEvent event,
            Recorded recorded) {
        Clock clock = facts.clock();
        return switch (event) {
            case PunchedIn in -> {
                Instant counted = micros(in.countedAt());
                Location location = location(in.location());
                var session =
                        new WorkSessionView(
                                in.sessionId(),
                                in.employeeId(),
                                in.businessDate(),
                                in.zoneId(),
                                counted,
                                null,
                                false);
                yield punched(
                        facts.withClock(
                                new Clock(
                                        recorded.sequence(),
                                        in.sessionId(),
                                        true,
                                        counted,
                                        location)),
                        punch(
                                facts,
                                event,
                                PunchType.IN,
                                in.occurredAt(),
                                in.zoneId(),
                                location,
                                recorded),
                        session);
            }
            case PunchedOut out -> {
                Instant counted = micros(out.countedAt());
                Location location = location(out.location());
                WorkSessionView before = known(sessions.apply(out.sessionId()), out.sessionId());
                var session =
                        new WorkSessionView(
                                before.id(),
                                before.employeeId(),
                                before.businessDate(),
                                before.zoneId(),
                                before.punchInTime(),
                                counted,
                                before.corrected());
                yield punched(
                        facts.withClock(
                                new Clock(
                                        recorded.sequence(),
                                        out.sessionId(),
                                        false,
                                        counted,
                                        location)),
                        punch(
                                facts,
                                event,
                                PunchType.OUT,
                                out.occurredAt(),
                                out.zoneId(),
                                location,
                                recorded),
                        session);
            }
            case PunchCorrected corrected -> {
                WorkSessionView before =
                        known(sessions.apply(corrected.sessionId()), corrected.sessionId());
                Instant start = micros(corrected.punchInTime());
                Instant end =
                        corrected.punchOutTime() == null ? null : micros(corrected.punchOutTime());
                var session =
                        new WorkSessionView(
                                before.id(),
                                before.employeeId(),
                                corrected.businessDate(),
                                before.zoneId(),
                                start,
                                end,
                                true);
                boolean last = corrected.sessionId().equals(clock.sessionId());
                EmployeeFacts after =
                        facts.withClock(
                                new Clock(
                                        recorded.sequence(),
                                        clock.sessionId(),
                                        last ? end == null : clock.open(),
                                        last ? (end == null ? start : end) : clock.since(),
                                        clock.location()));
                yield new Outcome(
                        after, null, session, null, new FeedUpdate.SessionCorrected(session), true);
            }
            case CorrectionRequested _, CorrectionApproved _ ->
                    Outcome.silent(
                            facts.withClock(
                                    new Clock(
                                            recorded.sequence(),
                                            clock.sessionId(),
                                            clock.open(),
                                            clock.since(),
                                            clock.location())));
        };
    }

    private static Outcome punched(EmployeeFacts after, PunchView punch, WorkSessionView session) {
        return new Outcome(
                after,
                punch,
                session,
                null,
                new FeedUpdate.Punched(
                        punch.type(),
                        punch.occurredAt(),
                        punch.location(),
                        punch.commandId(),
                        session),
                true);
    }

    private static PunchView punch(
            EmployeeFacts facts,
            AttendanceEvent event,
            PunchType type,
            Instant occurredAt,
            String zoneId,
            @Nullable Location location,
            Recorded recorded) {
        return new PunchView(
                event.employeeId(),
                type,
                event.sessionId(),
                micros(occurredAt),
                recorded.receivedAt(),
                recorded.recordedAt(),
                recorded.source(),
                recorded.offline(),
                recorded.commandId(),
                zoneId,
                facts.person().siteId(),
                location);
    }

    private static Outcome leave(
            EmployeeFacts facts,
            Function<String, @Nullable LeaveRequestView> requests,
            LeaveEvent event,
            Recorded recorded) {
        if (event instanceof LeaveSubmitted submitted) {
            var request =
                    new LeaveRequestView(
                            submitted.leaveId(),
                            submitted.employeeId(),
                            facts.displayName(),
                            submitted.leaveType(),
                            submitted.startDate(),
                            submitted.endDate(),
                            submitted.reason(),
                            LeaveStatus.PENDING,
                            recorded.receivedAt(),
                            null,
                            null,
                            null);
            EmployeeFacts after =
                    facts.withLeave(new Leave(recorded.sequence(), facts.leave().approved()));
            return new Outcome(
                    after, null, null, request, new FeedUpdate.LeaveRequested(request), false);
        }
        LeaveRequestView before = known(requests.apply(event.leaveId()), event.leaveId());
        List<Range> ranges = new ArrayList<>(facts.leave().approved());
        boolean tileChanged = ranges.removeIf(range -> range.id().equals(before.id()));
        LeaveRequestView after =
                switch (event) {
                    case LeaveApproved approved ->
                            decided(
                                    facts,
                                    before,
                                    LeaveStatus.APPROVED,
                                    recorded.receivedAt(),
                                    approved.approvedBy(),
                                    approved.comment());
                    case LeaveRejected rejected ->
                            decided(
                                    facts,
                                    before,
                                    LeaveStatus.REJECTED,
                                    recorded.receivedAt(),
                                    rejected.rejectedBy(),
                                    rejected.comment());
                    case LeaveWithdrawn _ ->
                            decided(
                                    facts,
                                    before,
                                    LeaveStatus.WITHDRAWN,
                                    before.decidedAt(),
                                    before.decidedBy(),
                                    before.comment());
                    case LeaveSubmitted _ -> throw new IllegalStateException("handled above");
                };
        if (after.status() == LeaveStatus.APPROVED) {
            LocalDate oldest =
                    recorded.recordedAt()
                            .atZone(ZoneId.of(facts.person().zoneId()))
                            .toLocalDate()
                            .minusDays(KEPT_DAYS);
            ranges.removeIf(range -> range.to().isBefore(oldest));
            ranges.add(new Range(after.id(), after.startDate(), after.endDate()));
            ranges.sort(Comparator.comparing(Range::from).thenComparing(Range::id));
            tileChanged = true;
        }
        return new Outcome(
                facts.withLeave(new Leave(recorded.sequence(), ranges)),
                null,
                null,
                after,
                new FeedUpdate.LeaveChanged(after),
                tileChanged);
    }

    private static LeaveRequestView decided(
            EmployeeFacts facts,
            LeaveRequestView before,
            LeaveStatus status,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String comment) {
        return new LeaveRequestView(
                before.id(),
                before.employeeId(),
                facts.displayName(),
                before.leaveType(),
                before.startDate(),
                before.endDate(),
                before.reason(),
                status,
                before.submittedAt(),
                decidedAt,
                decidedBy,
                comment);
    }

    private static Outcome workforce(EmployeeFacts facts, WorkforceEvent event, Recorded recorded) {
        return switch (event) {
            case EmployeeRegistered registered -> {
                ZoneId.of(registered.zoneId());
                EmployeeFacts after =
                        facts.withPerson(
                                recorded.sequence(),
                                new Person(
                                        registered.displayName(),
                                        registered.departmentId(),
                                        registered.siteId(),
                                        registered.zoneId()));
                yield new Outcome(after, null, null, null, new FeedUpdate.EmployeeJoined(), true);
            }
        };
    }

    private static <T> T known(@Nullable T row, String id) {
        if (row == null) {
            throw new IllegalStateException("nothing is stored of " + id);
        }
        return row;
    }

    private static @Nullable Location location(@Nullable String geoUri) {
        return geoUri == null ? null : Location.ofGeoUri(geoUri);
    }

    /** The tables keep microseconds; the feed says what the tables say. */
    static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}

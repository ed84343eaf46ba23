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
import com.abrohr.attendance.query.board.Outcome.LeaveAsked;
import com.abrohr.attendance.query.board.Outcome.LeaveStatusChanged;
import com.abrohr.attendance.query.board.Outcome.PunchAdded;
import com.abrohr.attendance.query.board.Outcome.SessionBegun;
import com.abrohr.attendance.query.board.Outcome.SessionCorrected;
import com.abrohr.attendance.query.board.Outcome.SessionEnded;

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
 * One event applied to what is known of its employee: a pure function, the same for the live board
 * in memory and for the stored read models. It throws where the event cannot be true of these
 * facts; then nobody knows where the employee stands.
 */
public final class BoardFold {

    /** A leave that ended this long before a later approval no longer bears on presence. */
    private static final int KEPT_DAYS = 31;

    private BoardFold() {}

    /**
     * @param requests leave requests of this employee by id, asked only where an event of an older
     *     revision does not say its dates; null for none
     */
    public static Outcome apply(
            EmployeeFacts facts,
            Function<String, @Nullable LeaveRequestView> requests,
            Recorded recorded) {
        Outcome outcome =
                switch (recorded.event()) {
                    case AttendanceEvent event -> clock(facts, event, recorded);
                    case LeaveEvent event -> leave(facts, requests, event, recorded);
                    case WorkforceEvent event -> workforce(facts, event);
                    default ->
                            throw new IllegalArgumentException(
                                    "no rule for " + recorded.event().getClass().getSimpleName());
                };
        EmployeeFacts after = outcome.facts();
        Instant nextChange = PresenceRule.at(after, recorded.recordedAt()).nextChangeAt();
        return new Outcome(
                after.withLastSeq(recorded.seq(), nextChange),
                outcome.tileChanged(),
                outcome.rows());
    }

    private static Outcome clock(EmployeeFacts facts, AttendanceEvent event, Recorded recorded) {
        return switch (event) {
            case PunchedIn in -> punchedIn(facts, in, recorded);
            case PunchedOut out -> punchedOut(facts, out, recorded);
            case PunchCorrected corrected -> corrected(facts, corrected);
            case CorrectionRequested _, CorrectionApproved _ ->
                    new Outcome(facts, false, List.of());
        };
    }

    private static Outcome punchedIn(EmployeeFacts facts, PunchedIn in, Recorded recorded) {
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
        return new Outcome(
                facts.withClock(new Clock(in.sessionId(), true, counted, location)),
                true,
                List.of(
                        punch(
                                facts,
                                in,
                                PunchType.IN,
                                in.occurredAt(),
                                in.zoneId(),
                                location,
                                recorded),
                        new SessionBegun(session)));
    }

    private static Outcome punchedOut(EmployeeFacts facts, PunchedOut out, Recorded recorded) {
        Clock before = facts.clock();
        Instant start = before.since();
        if (!before.open() || !out.sessionId().equals(before.sessionId()) || start == null) {
            throw new IllegalStateException(out.sessionId() + " is not open");
        }
        Instant counted = micros(out.countedAt());
        Location location = location(out.location());
        return new Outcome(
                facts.withClock(new Clock(out.sessionId(), false, counted, location)),
                true,
                List.of(
                        punch(
                                facts,
                                out,
                                PunchType.OUT,
                                out.occurredAt(),
                                out.zoneId(),
                                location,
                                recorded),
                        new SessionEnded(out.sessionId(), start, counted)));
    }

    private static Outcome corrected(EmployeeFacts facts, PunchCorrected corrected) {
        Clock clock = facts.clock();
        if (clock.sessionId() == null) {
            throw new IllegalStateException("no session was begun before " + corrected.sessionId());
        }
        Instant start = micros(corrected.punchInTime());
        Instant end = corrected.punchOutTime() == null ? null : micros(corrected.punchOutTime());
        boolean last = corrected.sessionId().equals(clock.sessionId());
        EmployeeFacts after =
                last
                        ? facts.withClock(
                                new Clock(
                                        clock.sessionId(),
                                        end == null,
                                        end == null ? start : end,
                                        clock.location()))
                        : facts;
        return new Outcome(
                after,
                true,
                List.of(
                        new SessionCorrected(
                                corrected.sessionId(), corrected.businessDate(), start, end)));
    }

    private static PunchAdded punch(
            EmployeeFacts facts,
            AttendanceEvent event,
            PunchType type,
            Instant occurredAt,
            String zoneId,
            @Nullable Location location,
            Recorded recorded) {
        return new PunchAdded(
                recorded.seq(),
                new PunchView(
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
                        location));
    }

    private static Outcome leave(
            EmployeeFacts facts,
            Function<String, @Nullable LeaveRequestView> requests,
            LeaveEvent event,
            Recorded recorded) {
        return switch (event) {
            case LeaveSubmitted submitted ->
                    new Outcome(facts, false, List.of(asked(facts, submitted, recorded)));
            case LeaveApproved approved ->
                    new Outcome(
                            facts.withLeave(approved(facts, requests, approved, recorded)),
                            true,
                            List.of(
                                    new LeaveStatusChanged(
                                            approved.leaveId(),
                                            LeaveStatus.APPROVED,
                                            recorded.receivedAt(),
                                            approved.approvedBy(),
                                            approved.comment())));
            case LeaveRejected rejected ->
                    noLongerApproved(
                            facts,
                            new LeaveStatusChanged(
                                    rejected.leaveId(),
                                    LeaveStatus.REJECTED,
                                    recorded.receivedAt(),
                                    rejected.rejectedBy(),
                                    rejected.comment()));
            case LeaveWithdrawn withdrawn ->
                    noLongerApproved(
                            facts,
                            new LeaveStatusChanged(
                                    withdrawn.leaveId(), LeaveStatus.WITHDRAWN, null, null, null));
        };
    }

    private static LeaveAsked asked(
            EmployeeFacts facts, LeaveSubmitted submitted, Recorded recorded) {
        return new LeaveAsked(
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
                        null));
    }

    private static Leave approved(
            EmployeeFacts facts,
            Function<String, @Nullable LeaveRequestView> requests,
            LeaveApproved event,
            Recorded recorded) {
        LocalDate from = event.startDate();
        LocalDate to = event.endDate();
        if (from == null || to == null) {
            LeaveRequestView request = requests.apply(event.leaveId());
            if (request == null || !request.employeeId().equals(facts.employeeId())) {
                throw new IllegalStateException("nothing is stored of " + event.leaveId());
            }
            from = request.startDate();
            to = request.endDate();
        }
        LocalDate oldest =
                recorded.recordedAt()
                        .atZone(ZoneId.of(facts.person().zoneId()))
                        .toLocalDate()
                        .minusDays(KEPT_DAYS);
        List<Range> ranges = new ArrayList<>(facts.leave().approved());
        ranges.removeIf(range -> range.id().equals(event.leaveId()) || range.to().isBefore(oldest));
        ranges.add(new Range(event.leaveId(), from, to));
        ranges.sort(Comparator.comparing(Range::from).thenComparing(Range::id));
        return new Leave(ranges);
    }

    private static Outcome noLongerApproved(EmployeeFacts facts, LeaveStatusChanged change) {
        List<Range> ranges = new ArrayList<>(facts.leave().approved());
        boolean removed = ranges.removeIf(range -> range.id().equals(change.leaveId()));
        return new Outcome(
                removed ? facts.withLeave(new Leave(ranges)) : facts, removed, List.of(change));
    }

    private static Outcome workforce(EmployeeFacts facts, WorkforceEvent event) {
        return switch (event) {
            case EmployeeRegistered registered -> {
                ZoneId.of(registered.zoneId());
                yield new Outcome(
                        facts.withPerson(
                                new Person(
                                        registered.displayName(),
                                        registered.departmentId(),
                                        registered.siteId(),
                                        registered.zoneId())),
                        true,
                        List.of());
            }
        };
    }

    static @Nullable Location location(@Nullable String geoUri) {
        return geoUri == null ? null : Location.ofGeoUri(geoUri);
    }

    /** The tables keep microseconds; the feed says what the tables say. */
    public static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }
}

package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.presence.EmployeeFacts.Clock;
import com.abrohr.attendance.query.presence.EmployeeFacts.Leave;
import com.abrohr.attendance.query.presence.EmployeeFacts.Person;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * One event applied to what is known of its employee: a pure function, the same for the live board
 * in memory and for the stored rows. It throws where the event cannot be true of these facts; then
 * nobody knows where the employee stands.
 */
final class PresenceFold {
    /** A leave that ended this long before a later approval no longer bears on presence. */
    private static final int KEPT_DAYS = 31;

    private PresenceFold() {}

    /**
     * @param requestedDates of a leave request of this employee by its id, asked only where an
     *     approval of revision 1 does not say its dates; null when they are not known
     */
    static EmployeeFacts apply(
            EmployeeFacts facts,
            RecordedEvent recorded,
            Function<String, @Nullable Range> requestedDates) {
        EmployeeFacts after =
                switch (recorded.event()) {
                    case AttendanceEvent event -> attendance(facts, event);
                    case LeaveEvent event -> leave(facts, event, recorded, requestedDates);
                    case WorkforceEvent event -> workforce(facts, event);
                    default -> facts;
                };
        return after.withLastSeq(
                recorded.seq(), PresenceRule.at(after, recorded.recordedAt()).nextChangeAt());
    }

    private static EmployeeFacts attendance(EmployeeFacts facts, AttendanceEvent event) {
        return switch (event) {
            case PunchedIn in ->
                    punched(facts, in.sessionId(), true, in.countedAt(), in.location());
            case PunchedOut out -> punchedOut(facts, out);
            case PunchCorrected corrected -> corrected(facts, corrected);
            case CorrectionRequested _, CorrectionApproved _ -> facts;
        };
    }

    private static EmployeeFacts punched(
            EmployeeFacts facts,
            String sessionId,
            boolean open,
            Instant countedAt,
            @Nullable String geoUri) {
        Location location = geoUri == null ? null : Location.ofGeoUri(geoUri);
        return facts.withClock(new Clock(sessionId, open, Timestamps.micros(countedAt), location));
    }

    private static EmployeeFacts punchedOut(EmployeeFacts facts, PunchedOut out) {
        Clock before = facts.clock();
        if (!before.open() || !out.sessionId().equals(before.sessionId())) {
            throw new IllegalStateException(out.sessionId() + " is not open");
        }
        return punched(facts, out.sessionId(), false, out.countedAt(), out.location());
    }

    private static EmployeeFacts corrected(EmployeeFacts facts, PunchCorrected corrected) {
        Clock clock = facts.clock();
        if (clock.sessionId() == null) {
            throw new IllegalStateException(
                    "no session was started before " + corrected.sessionId());
        }
        if (!corrected.sessionId().equals(clock.sessionId())) {
            return facts;
        }
        Instant end = corrected.punchOutTime();
        Instant since = Timestamps.micros(end == null ? corrected.punchInTime() : end);
        return facts.withClock(new Clock(clock.sessionId(), end == null, since, clock.location()));
    }

    private static EmployeeFacts leave(
            EmployeeFacts facts,
            LeaveEvent event,
            RecordedEvent recorded,
            Function<String, @Nullable Range> requestedDates) {
        return switch (event) {
            case LeaveSubmitted _ -> facts;
            case LeaveApproved approved ->
                    facts.withLeave(approved(facts, approved, recorded, requestedDates));
            case LeaveRejected rejected -> notApproved(facts, rejected.leaveId());
            case LeaveWithdrawn withdrawn -> notApproved(facts, withdrawn.leaveId());
        };
    }

    private static Leave approved(
            EmployeeFacts facts,
            LeaveApproved event,
            RecordedEvent recorded,
            Function<String, @Nullable Range> requestedDates) {
        LocalDate from = event.startDate();
        LocalDate to = event.endDate();
        Range approved =
                from == null || to == null
                        ? requestedDates.apply(event.leaveId())
                        : new Range(event.leaveId(), from, to);
        if (approved == null) {
            throw new IllegalStateException("the dates of " + event.leaveId() + " are not known");
        }
        LocalDate oldest =
                recorded.recordedAt()
                        .atZone(ZoneId.of(facts.person().zoneId()))
                        .toLocalDate()
                        .minusDays(KEPT_DAYS);
        List<Range> ranges = new ArrayList<>(facts.leave().approved());
        ranges.removeIf(range -> range.id().equals(event.leaveId()) || range.to().isBefore(oldest));
        ranges.add(approved);
        ranges.sort(Comparator.comparing(Range::from).thenComparing(Range::id));
        return new Leave(ranges);
    }

    private static EmployeeFacts notApproved(EmployeeFacts facts, String leaveId) {
        List<Range> ranges = new ArrayList<>(facts.leave().approved());
        return ranges.removeIf(range -> range.id().equals(leaveId))
                ? facts.withLeave(new Leave(ranges))
                : facts;
    }

    private static EmployeeFacts workforce(EmployeeFacts facts, WorkforceEvent event) {
        return switch (event) {
            case EmployeeRegistered registered -> {
                // One that Java does not know would fail with every later question.
                ZoneId.of(registered.zoneId());
                yield facts.withPerson(
                        new Person(
                                registered.displayName(),
                                registered.departmentId(),
                                registered.siteId(),
                                registered.zoneId()));
            }
        };
    }
}

package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.FeedUpdate.Leave;
import com.abrohr.attendance.messages.feed.FeedUpdate.Session;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;
import com.abrohr.attendance.query.board.BoardFold;
import com.abrohr.attendance.query.board.Recorded;
import com.abrohr.attendance.query.livefeed.OlderFacts.LeaveFacts;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/** What an event says to those who may hear it: a pure function of that event. */
final class FeedUpdates {

    private FeedUpdates() {}

    /**
     * @throws RuntimeException when an event of an older revision lacks what is known nowhere
     */
    static FeedUpdate of(Recorded recorded, OlderFacts older) {
        return switch (recorded.event()) {
            case AttendanceEvent event -> attendance(event, recorded, older);
            case LeaveEvent event -> leave(event, older);
            case WorkforceEvent event ->
                    switch (event) {
                        case EmployeeRegistered _ -> new FeedUpdate.EmployeeJoined();
                    };
            default -> new FeedUpdate.Unannounced();
        };
    }

    private static FeedUpdate attendance(
            AttendanceEvent event, Recorded recorded, OlderFacts older) {
        return switch (event) {
            case PunchedIn in -> {
                Instant counted = BoardFold.micros(in.countedAt());
                yield punched(
                        PunchType.IN,
                        in.occurredAt(),
                        counted,
                        in.location(),
                        recorded,
                        new Session(in.sessionId(), in.businessDate(), counted, null));
            }
            case PunchedOut out -> {
                Instant counted = BoardFold.micros(out.countedAt());
                Instant start =
                        out.punchInTime() == null
                                ? older.sessionStart(out.sessionId())
                                : BoardFold.micros(out.punchInTime());
                yield punched(
                        PunchType.OUT,
                        out.occurredAt(),
                        counted,
                        out.location(),
                        recorded,
                        new Session(
                                out.sessionId(),
                                out.businessDate(),
                                known(start, out.sessionId()),
                                counted));
            }
            case PunchCorrected corrected ->
                    new FeedUpdate.SessionCorrected(
                            new Session(
                                    corrected.sessionId(),
                                    corrected.businessDate(),
                                    BoardFold.micros(corrected.punchInTime()),
                                    corrected.punchOutTime() == null
                                            ? null
                                            : BoardFold.micros(corrected.punchOutTime())));
            case CorrectionRequested _, CorrectionApproved _ -> new FeedUpdate.Unannounced();
        };
    }

    private static FeedUpdate punched(
            PunchType type,
            Instant occurredAt,
            Instant counted,
            @Nullable String location,
            Recorded recorded,
            Session session) {
        return new FeedUpdate.Punched(
                type,
                BoardFold.micros(occurredAt),
                counted,
                recorded.offline(),
                location == null ? null : Location.ofGeoUri(location),
                recorded.commandId(),
                session);
    }

    private static FeedUpdate leave(LeaveEvent event, OlderFacts older) {
        return switch (event) {
            case LeaveSubmitted it ->
                    new FeedUpdate.LeaveRequested(
                            new Leave(
                                    it.leaveId(),
                                    it.leaveType(),
                                    it.startDate(),
                                    it.endDate(),
                                    LeaveStatus.PENDING,
                                    it.reason(),
                                    null,
                                    null));
            case LeaveApproved it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            older,
                            LeaveStatus.APPROVED,
                            it.approvedBy(),
                            it.comment());
            case LeaveRejected it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            older,
                            LeaveStatus.REJECTED,
                            it.rejectedBy(),
                            it.comment());
            case LeaveWithdrawn it ->
                    changed(
                            it,
                            facts(it.leaveType(), it.startDate(), it.endDate()),
                            older,
                            LeaveStatus.WITHDRAWN,
                            null,
                            null);
        };
    }

    private static @Nullable LeaveFacts facts(
            @Nullable String type, @Nullable LocalDate from, @Nullable LocalDate to) {
        return type == null || from == null || to == null ? null : new LeaveFacts(type, from, to);
    }

    private static FeedUpdate changed(
            LeaveEvent event,
            @Nullable LeaveFacts said,
            OlderFacts older,
            LeaveStatus status,
            @Nullable String decidedBy,
            @Nullable String comment) {
        LeaveFacts facts =
                known(said == null ? older.leave(event.leaveId()) : said, event.leaveId());
        return new FeedUpdate.LeaveChanged(
                new Leave(
                        event.leaveId(),
                        facts.leaveType(),
                        facts.startDate(),
                        facts.endDate(),
                        status,
                        null,
                        decidedBy,
                        comment));
    }

    private static <T> T known(@Nullable T found, String id) {
        if (found == null) {
            throw new IllegalStateException("nothing is known of " + id);
        }
        return found;
    }
}

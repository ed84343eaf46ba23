package com.abrohr.attendance.query.punch;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.FeedUpdate.Session;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.livefeed.EarlierFacts;
import com.abrohr.attendance.query.livefeed.FeedMapping;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/** What events of the time clock say in the live feed. */
public final class PunchFeed implements FeedMapping {
    @Override
    public @Nullable FeedUpdate update(RecordedEvent recorded, EarlierFacts earlier) {
        if (!(recorded.event() instanceof AttendanceEvent event)) {
            return null;
        }
        return switch (event) {
            case PunchedIn in -> {
                Instant counted = Timestamps.micros(in.countedAt());
                yield punched(
                        PunchType.IN,
                        in.occurredAt(),
                        counted,
                        in.location(),
                        recorded,
                        new Session(in.sessionId(), in.businessDate(), counted, null));
            }
            case PunchedOut out -> {
                Instant counted = Timestamps.micros(out.countedAt());
                Instant start =
                        out.punchInTime() == null
                                ? earlier.sessionStart(out.sessionId())
                                : out.punchInTime();
                yield punched(
                        PunchType.OUT,
                        out.occurredAt(),
                        counted,
                        out.location(),
                        recorded,
                        new Session(
                                out.sessionId(),
                                out.businessDate(),
                                Timestamps.micros(start),
                                counted));
            }
            case PunchCorrected corrected -> {
                Instant end = corrected.punchOutTime();
                yield new FeedUpdate.SessionCorrected(
                        new Session(
                                corrected.sessionId(),
                                corrected.businessDate(),
                                Timestamps.micros(corrected.punchInTime()),
                                end == null ? null : Timestamps.micros(end)));
            }
            case CorrectionRequested _, CorrectionApproved _ -> new FeedUpdate.Unannounced();
        };
    }

    private static FeedUpdate punched(
            PunchType type,
            Instant occurredAt,
            Instant counted,
            @Nullable String geoUri,
            RecordedEvent recorded,
            Session session) {
        return new FeedUpdate.Punched(
                type,
                Timestamps.micros(occurredAt),
                counted,
                recorded.offline(),
                geoUri == null ? null : Location.ofGeoUri(geoUri),
                recorded.commandId(),
                session);
    }

    @Override
    public @Nullable Instant sessionStart(DomainEvent event, String sessionId) {
        return switch (event) {
            case PunchedIn in when in.sessionId().equals(sessionId) -> in.countedAt();
            case PunchCorrected it when it.sessionId().equals(sessionId) -> it.punchInTime();
            default -> null;
        };
    }

    @Override
    public @Nullable BoardActivity activity(FeedEntry entry, String displayName) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    FeedMapping.line(
                            entry,
                            "PUNCH_" + punched.type(),
                            displayName,
                            punched.occurredAt(),
                            null);
            case FeedUpdate.SessionCorrected(Session session) ->
                    FeedMapping.line(
                            entry,
                            "SESSION_CORRECTED",
                            displayName,
                            entry.recordedAt(),
                            session.id());
            default -> null;
        };
    }

    /** A punch as {@code GET /feed} shows it. */
    record Punched(
            long seq,
            String employeeId,
            Instant recordedAt,
            String kind,
            PunchType type,
            Instant occurredAt,
            Instant countedAt,
            boolean offline,
            @Nullable Location location,
            String commandId,
            Session session) {}

    /** A correction as {@code GET /feed} shows it. */
    record SessionCorrected(
            long seq, String employeeId, Instant recordedAt, String kind, Session session) {}

    @Override
    public @Nullable Object item(FeedEntry entry) {
        return switch (entry.update()) {
            case FeedUpdate.Punched punched ->
                    new Punched(
                            entry.seq(),
                            entry.employeeId(),
                            entry.recordedAt(),
                            "PUNCHED",
                            punched.type(),
                            punched.occurredAt(),
                            punched.countedAt(),
                            punched.offline(),
                            punched.location(),
                            punched.commandId(),
                            punched.session());
            case FeedUpdate.SessionCorrected(Session session) ->
                    new SessionCorrected(
                            entry.seq(),
                            entry.employeeId(),
                            entry.recordedAt(),
                            "SESSION_CORRECTED",
                            session);
            default -> null;
        };
    }
}

package com.abrohr.attendance.command.attendance;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.abrohr.attendance.command.engine.Circumstances;
import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.command.engine.LogInstant;
import com.abrohr.attendance.command.engine.NoSelfApproval;
import com.abrohr.attendance.command.engine.NotFromTheFuture;
import com.abrohr.attendance.command.engine.RecentCommands;
import com.abrohr.attendance.command.engine.StreamId;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.attendance.WorkSessionId;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;

/** One employee's time clock: decides punches and the corrections of their work sessions. */
@AggregateRoot(type = "TimeClock")
final class TimeClock {
    static final String STREAM_TYPE = "time-clock";

    @SuppressWarnings("UnusedVariable") // read by Axon
    @AggregateIdentifier
    private @Nullable String streamId;

    private final RecentCommands recentCommands = new RecentCommands();
    private final WorkSessions sessions = new WorkSessions();

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<AttendanceEvent> handle(PunchIn command, MetaData metadata, OfflinePolicy policy) {
        return applied(decide(command, Circumstances.of(metadata), policy));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<AttendanceEvent> handle(PunchOut command, MetaData metadata, OfflinePolicy policy) {
        return applied(decide(command, Circumstances.of(metadata), policy));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<AttendanceEvent> handle(CorrectWorkSession command, MetaData metadata) {
        return applied(decide(command, Circumstances.of(metadata)));
    }

    private List<AttendanceEvent> decide(PunchIn command, Circumstances now, OfflinePolicy policy) {
        recentCommands.mustNotHold(now.commandId());
        Instant occurredAt = claimed(command, now, policy);
        new PunchesAlternate(sessions).mustBeOut();
        Instant counted = counted(command, occurredAt, now);
        return List.of(
                new PunchedIn(
                        command.companyId(),
                        command.employeeId(),
                        new WorkSessionId(command.employeeId(), sessions.count() + 1).toString(),
                        occurredAt,
                        counted,
                        now.zone().getId(),
                        new BusinessDate(now.zone()).of(counted),
                        place(command.location())));
    }

    private List<AttendanceEvent> decide(
            PunchOut command, Circumstances now, OfflinePolicy policy) {
        recentCommands.mustNotHold(now.commandId());
        Instant occurredAt = claimed(command, now, policy);
        WorkSession open = new PunchesAlternate(sessions).mustBeIn();
        return List.of(
                new PunchedOut(
                        command.companyId(),
                        command.employeeId(),
                        open.id(),
                        occurredAt,
                        counted(command, occurredAt, now),
                        now.zone().getId(),
                        open.businessDate(),
                        open.start(),
                        place(command.location())));
    }

    private List<AttendanceEvent> decide(CorrectWorkSession command, Circumstances now) {
        recentCommands.mustNotHold(now.commandId());
        String company = command.companyId();
        String employee = command.employeeId();
        new NoSelfApproval(now.actorId()).check(employee);
        NotFromTheFuture notFromTheFuture = new NotFromTheFuture(now.receivedAt());
        notFromTheFuture.check("punchInTime", command.punchInTime());
        notFromTheFuture.check("punchOutTime", command.punchOutTime());
        WorkSession session =
                new SessionCanBeCorrected(sessions).check(employee, command.sessionId());
        CorrectedTimes times = CorrectedTimes.of(session, command);
        new SessionsDoNotOverlap(sessions).check(session, times);
        return List.of(
                new CorrectionRequested(
                        company,
                        employee,
                        session.id(),
                        LogInstant.ofNullable(command.punchInTime()),
                        LogInstant.ofNullable(command.punchOutTime()),
                        command.reason(),
                        now.actorId()),
                new CorrectionApproved(company, employee, session.id(), now.actorId()),
                new PunchCorrected(
                        company,
                        employee,
                        session.id(),
                        times.start(),
                        times.end(),
                        new BusinessDate(ZoneId.of(session.zoneId())).of(times.start())));
    }

    @EventSourcingHandler
    void evolve(AttendanceEvent event, @MetaDataValue(MetadataKeys.COMMAND_ID) String commandId) {
        streamId = new StreamId(STREAM_TYPE, event.companyId(), event.employeeId()).toString();
        recentCommands.remember(commandId);
        switch (event) {
            case PunchedIn in -> sessions.apply(in);
            case PunchedOut out -> sessions.apply(out);
            case PunchCorrected corrected -> sessions.apply(corrected);
            case CorrectionRequested _, CorrectionApproved _ -> {}
        }
    }

    int retainedBytes() {
        return HeapSize.ofObject(3 * HeapSize.REFERENCE)
                + recentCommands.retainedBytes()
                + sessions.retainedBytes();
    }

    private Instant counted(Punch command, Instant occurredAt, Circumstances now) {
        Instant last = sessions.lastCounted();
        if (!command.offline()) {
            return new CountedInstant(now.receivedAt()).notBefore(last);
        }
        new TimeRunsForward(last).check("occurredAt", occurredAt);
        return occurredAt;
    }

    private static Instant claimed(Punch command, Circumstances now, OfflinePolicy policy) {
        Instant claimed = command.occurredAt();
        if (claimed == null) {
            return now.receivedAt();
        }
        new NotFromTheFuture(now.receivedAt()).check("occurredAt", claimed);
        if (command.offline()) {
            policy.check("occurredAt", claimed, now);
        }
        return LogInstant.of(claimed);
    }

    private static @Nullable String place(@Nullable Location location) {
        return location == null ? null : location.toGeoUri();
    }

    private static List<AttendanceEvent> applied(List<AttendanceEvent> events) {
        events.forEach(AggregateLifecycle::apply);
        return events;
    }
}

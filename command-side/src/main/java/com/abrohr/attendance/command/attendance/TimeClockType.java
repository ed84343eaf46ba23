package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.engine.AggregateType;
import com.abrohr.attendance.command.engine.CommandType;
import com.abrohr.attendance.command.engine.CommandType.TargetEmployee;
import com.abrohr.attendance.command.engine.FieldRules;
import com.abrohr.attendance.command.engine.LogInstant;
import com.abrohr.attendance.command.engine.Permission;
import com.abrohr.attendance.command.eventstore.StreamTail;
import com.abrohr.attendance.command.serialization.EventType;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The commands and events of {@link TimeClock}. */
public final class TimeClockType extends AggregateType<TimeClock> {
    private static final String PUNCHED_IN = "PunchedIn";

    private final OfflinePolicy offlinePolicy;

    /**
     * @param offlineLookBack how long ago a punch sent as offline may have happened
     */
    public TimeClockType(Duration offlineLookBack) {
        super(TimeClock.class, TimeClock::new, TimeClock.STREAM_TYPE, TimeClock::retainedBytes);
        offlinePolicy = new OfflinePolicy(offlineLookBack);
    }

    /** Five years are some 4,400 events; the sessions that are kept began with some 200. */
    @Override
    protected StreamTail tail() {
        return new StreamTail(PUNCHED_IN, WorkSessions.KEPT);
    }

    @Override
    protected List<?> policies() {
        return List.of(offlinePolicy);
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(
                punch(PunchIn.class, "PunchIn"),
                punch(PunchOut.class, "PunchOut"),
                new CommandType<>(
                        CorrectWorkSession.class,
                        "CorrectWorkSession",
                        Permission.APPROVAL,
                        TimeClockType::checkFields));
    }

    private static <C extends Punch> CommandType<C> punch(Class<C> type, String name) {
        return new CommandType<>(type, name, Permission.OWN, TimeClockType::checkFields)
                .about(TargetEmployee.REQUIRED)
                .inZone(Punch::zoneId)
                .adding(TimeClockType::metadata)
                .sameAs(TimeClockType::forms);
    }

    public static List<EventType> events() {
        return List.of(
                EventType.of(PunchedIn.class, PUNCHED_IN, "1"),
                EventType.of(PunchedOut.class, "PunchedOut", "2", "1"),
                EventType.of(CorrectionRequested.class, "CorrectionRequested", "1"),
                EventType.of(CorrectionApproved.class, "CorrectionApproved", "1"),
                EventType.of(PunchCorrected.class, "PunchCorrected", "1"));
    }

    @Override
    protected Receipt receipt(DomainEvent event, String commandId, long seq) {
        return switch ((AttendanceEvent) event) {
            case PunchedIn it ->
                    new PunchReceipt(
                            it.sessionId(),
                            PunchType.IN,
                            it.employeeId(),
                            commandId,
                            it.occurredAt(),
                            it.countedAt(),
                            seq);
            case PunchedOut it ->
                    new PunchReceipt(
                            it.sessionId(),
                            PunchType.OUT,
                            it.employeeId(),
                            commandId,
                            it.occurredAt(),
                            it.countedAt(),
                            seq);
            case CorrectionRequested it -> correction(it, commandId, seq);
            case CorrectionApproved it -> correction(it, commandId, seq);
            case PunchCorrected it -> correction(it, commandId, seq);
        };
    }

    private static Receipt correction(AttendanceEvent event, String commandId, long seq) {
        return new CorrectionReceipt(event.sessionId(), event.employeeId(), commandId, seq);
    }

    private static void checkFields(Punch command) {
        if (command.offline() && command.occurredAt() == null) {
            throw Refusal.fault("occurredAt", "is required for an offline punch");
        }
        FieldRules.instant("occurredAt", command.occurredAt());
        FieldRules.zone(command.zoneId());
    }

    private static void checkFields(CorrectWorkSession command) {
        FieldRules.required("sessionId", command.sessionId(), FieldRules.NUMBERED_ID);
        FieldRules.instant("punchInTime", command.punchInTime());
        FieldRules.instant("punchOutTime", command.punchOutTime());
        FieldRules.text("reason", command.reason(), FieldRules.TEXT);
        if (command.punchInTime() == null && command.punchOutTime() == null) {
            throw Refusal.invalid("punchInTime", "punchInTime or punchOutTime is required");
        }
    }

    /**
     * A punch whose answer did not come is sent again as offline: it is the same punch. Logs before
     * 2026-11-28 hold fingerprints of offline punches as such.
     */
    private static List<Punch> forms(Punch command) {
        return switch (command) {
            case PunchIn it -> List.of(it.withOffline(false), it.withOffline(true));
            case PunchOut it -> List.of(it.withOffline(false), it.withOffline(true));
        };
    }

    private static Map<String, String> metadata(Punch command) {
        Map<String, String> metadata = new HashMap<>();
        Instant occurredAt = command.occurredAt();
        if (occurredAt != null) {
            metadata.put(MetadataKeys.OCCURRED_AT, LogInstant.of(occurredAt).toString());
        }
        if (command.offline()) {
            metadata.put(MetadataKeys.OFFLINE, "true");
        }
        return metadata;
    }
}

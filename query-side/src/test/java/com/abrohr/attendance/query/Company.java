package com.abrohr.attendance.query;

import com.abrohr.attendance.command.engine.StreamId;
import com.abrohr.attendance.command.eventstore.AppendMetadata;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.attendance.WorkSessionId;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A company whose people do what they are told, legally; writes straight to the log. */
public final class Company {
    private static final Instant START = Instant.parse("2026-11-02T07:00:00.123456Z");

    private final EventStore log;
    private final String id;
    private final Map<String, Long> sequences;
    private final Map<String, Integer> sessions;
    private final Map<String, Instant> starts;
    private final Map<String, Integer> leaves;
    private final Map<String, LeaveSubmitted> asked;
    private final AtomicInteger minutes;

    public Company(EventStore log, String id) {
        this.log = log;
        this.id = id;
        this.sequences = new ConcurrentHashMap<>();
        this.sessions = new HashMap<>();
        this.starts = new HashMap<>();
        this.leaves = new HashMap<>();
        this.asked = new HashMap<>();
        this.minutes = new AtomicInteger();
    }

    private Company(EventStore log, Company same) {
        this.log = log;
        this.id = same.id;
        this.sequences = same.sequences;
        this.sessions = same.sessions;
        this.starts = same.starts;
        this.leaves = same.leaves;
        this.asked = same.asked;
        this.minutes = same.minutes;
    }

    String id() {
        return id;
    }

    /** The same company, whose people go on over another node. */
    Company on(EventStore other) {
        return new Company(other, this);
    }

    public void registers(String employee, String name, String site) {
        append(new EmployeeRegistered(id, employee, name, "d1", site, "Europe/Madrid"));
    }

    public void punchesIn(String employee) {
        append(in(employee));
    }

    /** Sent as made without a connection. */
    void punchesInOffline(String employee) {
        log.publish(
                messages(in(employee)).stream()
                        .map(message -> message.andMetaData(Map.of(MetadataKeys.OFFLINE, "true")))
                        .toList());
    }

    public void punchesOut(String employee) {
        append(out(employee));
    }

    PunchedIn in(String employee) {
        int number = sessions.merge(employee, 1, Integer::sum);
        Instant at = next();
        starts.put(employee, at);
        return new PunchedIn(
                id,
                employee,
                new WorkSessionId(employee, number).toString(),
                at,
                at,
                "Europe/Madrid",
                at.atOffset(ZoneOffset.UTC).toLocalDate(),
                "geo:40.4168,-3.7038;u=12");
    }

    public PunchedOut out(String employee) {
        Instant at = next();
        return new PunchedOut(
                id,
                employee,
                session(employee),
                at,
                at,
                "Europe/Madrid",
                at.atOffset(ZoneOffset.UTC).toLocalDate(),
                starts.get(employee),
                null);
    }

    /** A correction of the last session: three events of one command. */
    void corrects(String employee, Instant from, Instant to) {
        String session = session(employee);
        append(
                new CorrectionRequested(id, employee, session, from, to, "forgot", "m1"),
                new CorrectionApproved(id, employee, session, "m1"),
                new PunchCorrected(
                        id,
                        employee,
                        session,
                        from,
                        to,
                        from.atOffset(ZoneOffset.UTC).toLocalDate()));
    }

    public String asksForLeave(String employee, LocalDate from, LocalDate to) {
        String leave =
                new LeaveRequestId(employee, leaves.merge(employee, 1, Integer::sum)).toString();
        var submitted = new LeaveSubmitted(id, employee, leave, "annual", from, to, "rest");
        asked.put(leave, submitted);
        append(submitted);
        return leave;
    }

    void approves(String employee, String leave) {
        LeaveSubmitted of = asked.get(leave);
        append(
                new LeaveApproved(
                        id,
                        employee,
                        leave,
                        of.leaveType(),
                        of.startDate(),
                        of.endDate(),
                        "m1",
                        "enjoy"));
    }

    /** As an event of the revision that did not say what the leave was. */
    void approvesInOldWords(String employee, String leave) {
        append(new LeaveApproved(id, employee, leave, null, null, null, "m1", "enjoy"));
    }

    void rejects(String employee, String leave) {
        LeaveSubmitted of = asked.get(leave);
        append(
                new LeaveRejected(
                        id,
                        employee,
                        leave,
                        of.leaveType(),
                        of.startDate(),
                        of.endDate(),
                        "m1",
                        null));
    }

    void withdraws(String employee, String leave) {
        LeaveSubmitted of = asked.get(leave);
        append(
                new LeaveWithdrawn(
                        id, employee, leave, of.leaveType(), of.startDate(), of.endDate()));
    }

    public String session(String employee) {
        return new WorkSessionId(employee, sessions.getOrDefault(employee, 1)).toString();
    }

    private Instant next() {
        return START.plusSeconds(60L * minutes.getAndIncrement());
    }

    /** One command. */
    void append(DomainEvent... events) {
        log.publish(messages(events));
    }

    public List<DomainEventMessage<?>> messages(DomainEvent... events) {
        String command = UUID.randomUUID().toString();
        List<DomainEventMessage<?>> messages = new ArrayList<>();
        for (DomainEvent event : events) {
            StreamId stream =
                    switch (event) {
                        case AttendanceEvent e -> new StreamId("time-clock", id, e.employeeId());
                        case LeaveEvent e -> new StreamId("leave-account", id, e.employeeId());
                        default -> new StreamId("employee", id, event.employeeId());
                    };
            long sequence = sequences.merge(stream.toString(), 0L, (a, _) -> a + 1);
            messages.add(
                    new GenericDomainEventMessage<>(
                            stream.type(), stream.toString(), sequence, event, metadata(command)));
        }
        return messages;
    }

    private Map<String, String> metadata(String command) {
        Map<String, String> metadata = new HashMap<>();
        metadata.put(MetadataKeys.COMPANY_ID, id);
        metadata.put(MetadataKeys.ACTOR_ID, "a1");
        metadata.put(MetadataKeys.ACTOR_ROLE, "EMPLOYEE");
        metadata.put(MetadataKeys.SOURCE, "WEB");
        metadata.put(MetadataKeys.COMMAND_ID, command);
        metadata.put(MetadataKeys.OCCURRED_AT, START.toString());
        metadata.put(MetadataKeys.RECEIVED_AT, START.plusSeconds(minutes.get()).toString());
        metadata.put(MetadataKeys.ZONE_ID, "Europe/Madrid");
        metadata.put(MetadataKeys.CORRELATION_ID, command);
        metadata.put(MetadataKeys.CAUSATION_ID, command);
        metadata.put(AppendMetadata.FINGERPRINT, "00".repeat(32));
        return metadata;
    }
}

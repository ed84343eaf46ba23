package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows that a batch touches, as they stand after the events applied so far. Knows no database:
 * {@link BoardTables} fills it before and writes it afterwards.
 */
final class BoardBatch {

    /** A row of a company: sessions and leave requests are named within their company only. */
    record RowKey(String companyId, String id) {}

    record PunchRow(String companyId, long clockSeq, PunchView punch) {}

    private final Map<EmployeeKey, EmployeeFacts> facts = new LinkedHashMap<>();
    private final Set<EmployeeKey> changed = new HashSet<>();
    private final Map<RowKey, WorkSessionView> sessions = new LinkedHashMap<>();
    private final Map<RowKey, WorkSessionView> storedSessions = new LinkedHashMap<>();
    private final Map<RowKey, LeaveRequestView> requests = new LinkedHashMap<>();
    private final Map<RowKey, LeaveRequestView> storedRequests = new LinkedHashMap<>();
    private final List<PunchRow> punches = new ArrayList<>();
    private final Map<String, FeedHead> heads = new LinkedHashMap<>();
    private final Map<String, List<FeedEntry>> entries = new LinkedHashMap<>();
    private final Set<String> rebuilt = new HashSet<>();
    private boolean numberedAnew;

    void loaded(FeedHead head) {
        heads.put(head.companyId(), head);
    }

    void loaded(EmployeeFacts row) {
        facts.put(new EmployeeKey(row.companyId(), row.employeeId()), row);
    }

    void loaded(String companyId, WorkSessionView row) {
        storedSessions.put(new RowKey(companyId, row.id()), row);
    }

    void loaded(String companyId, LeaveRequestView row) {
        storedRequests.put(new RowKey(companyId, row.id()), row);
    }

    boolean isParked(EmployeeKey employee) {
        EmployeeFacts row = facts.get(employee);
        return row != null && row.parked();
    }

    /**
     * Applies one event that is next in its stream; one that was applied before changes nothing.
     *
     * @throws SequenceGap when it is not next
     * @throws RuntimeException when it cannot be true of what is stored
     */
    void apply(StreamId stream, Recorded recorded, boolean replayed) {
        EmployeeFacts before = factsOf(stream.employee());
        long last =
                switch (stream.kind()) {
                    case TIME_CLOCK -> before.clock().sequence();
                    case LEAVE_ACCOUNT -> before.leave().sequence();
                    case EMPLOYEE -> before.workforceSeq();
                };
        if (recorded.sequence() <= last) {
            return;
        }
        if (recorded.sequence() != last + 1) {
            throw new SequenceGap(stream.toString(), last + 1, recorded.sequence());
        }
        String company = stream.companyId();
        Outcome outcome =
                BoardFold.apply(
                        before,
                        id -> {
                            RowKey key = new RowKey(company, id);
                            WorkSessionView row = sessions.get(key);
                            return owned(row != null ? row : storedSessions.get(key), stream);
                        },
                        id -> {
                            RowKey key = new RowKey(company, id);
                            LeaveRequestView row = requests.get(key);
                            return owned(row != null ? row : storedRequests.get(key), stream);
                        },
                        recorded);
        store(stream.employee(), outcome.facts());
        if (outcome.session() != null) {
            sessions.put(new RowKey(company, outcome.session().id()), outcome.session());
        }
        if (outcome.leave() != null) {
            requests.put(new RowKey(company, outcome.leave().id()), outcome.leave());
        }
        if (outcome.punch() != null) {
            punches.add(new PunchRow(company, recorded.sequence(), outcome.punch()));
        }
        if (outcome.update() != null) {
            say(
                    stream.employee(),
                    recorded.recordedAt(),
                    outcome.update(),
                    outcome.tileChanged(),
                    replayed);
        }
    }

    /** From now on nobody knows where this employee stands; said once on the feed. */
    void park(EmployeeKey employee, Instant recordedAt, boolean replayed) {
        EmployeeFacts before = factsOf(employee);
        if (!before.parked()) {
            store(employee, before.withParked(true));
            say(employee, recordedAt, new FeedUpdate.PresenceUnknown(), true, replayed);
        }
    }

    /** The employee's letters are read again: the rows count as known while they are applied. */
    void unpark(EmployeeKey employee) {
        store(employee, factsOf(employee).withParked(false));
    }

    private void say(
            EmployeeKey employee,
            Instant recordedAt,
            FeedUpdate update,
            boolean withTile,
            boolean replayed) {
        EmployeeFacts row = factsOf(employee);
        FeedHead head =
                heads.computeIfAbsent(
                        employee.companyId(), company -> new FeedHead(company, 0, 0, null));
        long seq = head.lastSeq() + 1;
        entries.computeIfAbsent(employee.companyId(), _ -> new ArrayList<>())
                .add(
                        new FeedEntry(
                                employee.companyId(),
                                seq,
                                head.managersSeq(),
                                row.feedSeq(),
                                employee.employeeId(),
                                recordedAt,
                                update,
                                withTile ? PresenceRule.at(row, recordedAt) : null));
        boolean heard = heardBeyondTheBoard(update);
        if (heard) {
            store(employee, row.withFeedSeq(seq));
        }
        heads.put(
                employee.companyId(),
                new FeedHead(
                        employee.companyId(),
                        seq,
                        heard ? seq : head.managersSeq(),
                        judged(head, seq, replayed)));
    }

    /** Managers and the employee hear everything but what only the board shows. */
    private static boolean heardBeyondTheBoard(FeedUpdate update) {
        return switch (update) {
            case FeedUpdate.Punched _,
                    FeedUpdate.SessionCorrected _,
                    FeedUpdate.LeaveRequested _,
                    FeedUpdate.LeaveChanged _ ->
                    true;
            case FeedUpdate.EmployeeJoined _, FeedUpdate.PresenceUnknown _ -> false;
        };
    }

    /**
     * After a reset the same log must come out with the same numbers. Where it does not, as after a
     * repair of what had been parked, numbers given before can no longer be compared.
     */
    private @Nullable Long judged(FeedHead head, long seq, boolean replayed) {
        Long rebuiltTo = head.rebuiltTo();
        if (rebuiltTo == null) {
            return null;
        }
        if (replayed) {
            if (seq == rebuiltTo) {
                rebuilt.add(head.companyId());
            }
            numberedAnew |= seq > rebuiltTo;
            return seq > rebuiltTo ? null : rebuiltTo;
        }
        numberedAnew |= seq != rebuiltTo + 1;
        return null;
    }

    private EmployeeFacts factsOf(EmployeeKey employee) {
        EmployeeFacts row = facts.get(employee);
        return row != null
                ? row
                : EmployeeFacts.unheardOf(employee.companyId(), employee.employeeId());
    }

    private void store(EmployeeKey employee, EmployeeFacts row) {
        facts.put(employee, row);
        changed.add(employee);
    }

    private static @Nullable WorkSessionView owned(@Nullable WorkSessionView row, StreamId stream) {
        return row != null && row.employeeId().equals(stream.employeeId()) ? row : null;
    }

    private static @Nullable LeaveRequestView owned(
            @Nullable LeaveRequestView row, StreamId stream) {
        return row != null && row.employeeId().equals(stream.employeeId()) ? row : null;
    }

    List<EmployeeFacts> changedFacts() {
        return facts.entrySet().stream()
                .filter(row -> changed.contains(row.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    Map<RowKey, WorkSessionView> changedSessions() {
        return sessions;
    }

    Map<RowKey, LeaveRequestView> changedRequests() {
        return requests;
    }

    List<PunchRow> punches() {
        return punches;
    }

    Map<String, List<FeedEntry>> entries() {
        return entries;
    }

    /** The heads that gave numbers. */
    List<FeedHead> changedHeads() {
        return heads.values().stream()
                .filter(head -> entries.containsKey(head.companyId()))
                .toList();
    }

    /** Companies whose rebuild reached the number that they had before the reset. */
    Set<String> rebuilt() {
        return rebuilt;
    }

    boolean numberedAnew() {
        return numberedAnew;
    }
}

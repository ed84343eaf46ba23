package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.query.board.BoardFold;
import com.abrohr.attendance.query.board.EmployeeFacts;
import com.abrohr.attendance.query.board.Outcome;
import com.abrohr.attendance.query.board.Recorded;
import com.abrohr.attendance.query.board.StreamId;
import com.abrohr.attendance.query.board.StreamId.EmployeeKey;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/**
 * The rows that a batch touches, as they stand after the events applied so far. Knows no database:
 * {@link ReadModelTables} fills it before and writes it afterwards.
 */
final class ProjectionBatch {

    private final BiFunction<EmployeeKey, String, @Nullable LeaveRequestView> storedRequests;
    private final Map<String, Long> positions = new HashMap<>();
    private final Set<String> moved = new LinkedHashSet<>();
    private final Map<EmployeeKey, EmployeeFacts> facts = new HashMap<>();
    private final Set<EmployeeKey> changed = new LinkedHashSet<>();
    private final List<PendingEvent> letters = new ArrayList<>();
    private final RowChanges rows = new RowChanges();

    /**
     * @param storedRequests a leave request of an employee, asked for approvals of an older
     *     revision only
     */
    ProjectionBatch(BiFunction<EmployeeKey, String, @Nullable LeaveRequestView> storedRequests) {
        this.storedRequests = storedRequests;
    }

    void loaded(String companyId, long lastSeq) {
        positions.put(companyId, lastSeq);
    }

    void loaded(EmployeeFacts row) {
        facts.put(new EmployeeKey(row.companyId(), row.employeeId()), row);
    }

    /**
     * Applies one event that is next in its company; one that was applied before changes nothing.
     * What is of a parked employee becomes a dead letter.
     *
     * @throws SequenceGap when it is not next
     * @throws RuntimeException when it cannot be true of what is stored
     */
    void apply(PendingEvent event) {
        if (!isNext(event)) {
            return;
        }
        StreamId stream = event.stream();
        if (stream != null) {
            if (isParked(stream.employee())) {
                letters.add(event);
            } else {
                apply(stream, event.read(stream));
            }
        }
        advance(event);
    }

    boolean isParked(EmployeeKey employee) {
        return factsOf(employee).parked();
    }

    /** From this event on nobody knows where its employee stands. */
    void park(PendingEvent event, StreamId stream, Instant now) {
        if (isNext(event)) {
            store(stream.employee(), factsOf(stream.employee()).withParked(true, now));
            advance(event);
        }
    }

    /** The employee's letters are read again: the rows count as known while they are applied. */
    void unpark(EmployeeKey employee, Instant now) {
        store(employee, factsOf(employee).withParked(false, now));
    }

    /** Applies what the company's position has passed already; nothing that its row has seen. */
    void reapply(StreamId stream, Recorded recorded) {
        if (recorded.seq() > factsOf(stream.employee()).lastSeq()) {
            apply(stream, recorded);
        }
    }

    private void apply(StreamId stream, Recorded recorded) {
        EmployeeKey employee = stream.employee();
        Outcome outcome =
                BoardFold.apply(
                        factsOf(employee),
                        id -> {
                            LeaveRequestView asked = rows.requestAsked(employee, id);
                            return asked != null ? asked : storedRequests.apply(employee, id);
                        },
                        recorded);
        store(employee, outcome.facts());
        outcome.rows().forEach(change -> rows.add(employee, recorded.seq(), change));
    }

    private boolean isNext(PendingEvent event) {
        long next = position(event.companyId()) + 1;
        long seq = event.seq().orElse(next);
        if (seq > next) {
            throw new SequenceGap(event.companyId(), next, seq);
        }
        return seq == next;
    }

    private void advance(PendingEvent event) {
        positions.merge(event.companyId(), 1L, Long::sum);
        moved.add(event.companyId());
    }

    private long position(String companyId) {
        return positions.getOrDefault(companyId, 0L);
    }

    private EmployeeFacts factsOf(EmployeeKey employee) {
        EmployeeFacts row = facts.get(employee);
        return row != null
                ? row
                : EmployeeFacts.initial(employee.companyId(), employee.employeeId());
    }

    private void store(EmployeeKey employee, EmployeeFacts row) {
        facts.put(employee, row);
        changed.add(employee);
    }

    List<EmployeeFacts> changedFacts() {
        return changed.stream().map(this::factsOf).toList();
    }

    RowChanges rows() {
        return rows;
    }

    /** The last numbers of the companies that events of this batch belong to. */
    Map<String, Long> movedPositions() {
        Map<String, Long> result = new LinkedHashMap<>();
        moved.forEach(company -> result.put(company, position(company)));
        return result;
    }

    /** Events of employees that are parked, in order. */
    List<PendingEvent> letters() {
        return letters;
    }
}

package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.eventlog.StreamId;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The companies' positions and the read models as they stand after the events applied so far. Knows
 * no database: {@link BatchRepository} loads it before and writes it afterwards.
 */
final class ProjectionBatch {
    private final EmployeeReadModel.Batch employees;
    private final List<ReadModel.Batch> models = new ArrayList<>();
    private final Map<String, Long> positions = new HashMap<>();
    private final Set<String> moved = new LinkedHashSet<>();
    private final List<PendingEvent> deadLetters = new ArrayList<>();

    ProjectionBatch(EmployeeReadModel.Batch employees, List<ReadModel.Batch> others) {
        this.employees = employees;
        models.add(employees);
        models.addAll(others);
    }

    void load(Collection<EmployeeKey> of, Pipeline pipeline) {
        models.forEach(model -> model.load(of, pipeline));
    }

    void loaded(String companyId, long lastSeq) {
        positions.put(companyId, lastSeq);
    }

    /**
     * Applies one event that is next in its company; one that was applied before changes nothing.
     * What is of a dead-lettered employee becomes a dead letter.
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
            if (isDeadLettered(stream.employee())) {
                deadLetters.add(event);
            } else {
                apply(RecordedEvent.read(event.message(), stream));
            }
        }
        advance(event);
    }

    boolean isDeadLettered(EmployeeKey employee) {
        return employees.isDeadLettered(employee);
    }

    /** From this event on, which cannot be applied, the employee's events are dead letters. */
    void deadLetter(PendingEvent event, EmployeeKey employee, Instant now) {
        if (isNext(event)) {
            employees.setDeadLettered(employee, true, now);
            advance(event);
        }
    }

    /** Before the employee's dead letters are applied. */
    void revive(EmployeeKey employee, Instant now) {
        employees.setDeadLettered(employee, false, now);
    }

    /** Applies what the company's position has passed already; nothing that its row has seen. */
    void reapply(RecordedEvent event) {
        if (event.seq() > employees.lastSeq(event.employee())) {
            apply(event);
        }
    }

    private void apply(RecordedEvent event) {
        models.forEach(model -> model.apply(event));
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

    void write(Pipeline pipeline) {
        models.forEach(model -> model.write(pipeline));
    }

    /** The last numbers of the companies that events of this batch belong to. */
    Map<String, Long> movedPositions() {
        Map<String, Long> result = new LinkedHashMap<>();
        moved.forEach(company -> result.put(company, position(company)));
        return result;
    }

    /** Events of employees that were dead-lettered before, in order. */
    List<PendingEvent> deadLetters() {
        return deadLetters;
    }
}

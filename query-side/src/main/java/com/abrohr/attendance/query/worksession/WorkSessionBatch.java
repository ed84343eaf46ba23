package com.abrohr.attendance.query.worksession;

import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.projection.Pipeline;
import com.abrohr.attendance.query.projection.ReadModel;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a batch changes in work sessions, merged so that each stored row is written once. */
final class WorkSessionBatch implements ReadModel.Batch {
    /** Sessions are named within their employee. */
    record Key(EmployeeKey employee, String sessionId) {}

    /**
     * The session that an employee began last.
     *
     * @param openSince when it began; null when it has ended
     */
    private record LastSession(String sessionId, @Nullable Instant openSince) {}

    /**
     * A session that began in this batch.
     *
     * @param seq the company's number of the last event of the session; so in the records below
     */
    record Begun(
            LocalDate businessDate,
            String zoneId,
            Instant punchInTime,
            @Nullable Instant punchOutTime,
            boolean corrected,
            long seq) {}

    /**
     * A stored session that ended.
     *
     * @param punchInTime as the stored row has it
     */
    record Ended(Instant punchInTime, Instant punchOutTime, long seq) {}

    /** A stored session that counts differently now. */
    record Corrected(
            LocalDate businessDate,
            Instant punchInTime,
            @Nullable Instant punchOutTime,
            long seq) {}

    private final Map<EmployeeKey, LastSession> lastSessions = new HashMap<>();
    final Map<Key, Begun> begun = new LinkedHashMap<>();
    final Map<Key, Ended> ended = new LinkedHashMap<>();
    final Map<Key, Corrected> corrected = new LinkedHashMap<>();

    @Override
    public void load(Collection<EmployeeKey> employees, Pipeline pipeline) {
        pipeline.query(
                WorkSessionReadModel.LAST_SESSIONS,
                Columns.keys(employees),
                row -> {
                    String sessionId = row.getString(3);
                    if (sessionId != null) {
                        loaded(
                                new EmployeeKey(row.getString(1), row.getString(2)),
                                sessionId,
                                row.getBoolean(4) ? Timestamps.nullable(row, 5) : null);
                    }
                });
    }

    void loaded(EmployeeKey employee, String lastSessionId, @Nullable Instant openSince) {
        lastSessions.put(employee, new LastSession(lastSessionId, openSince));
    }

    @Override
    public void apply(RecordedEvent recorded) {
        EmployeeKey employee = recorded.employee();
        switch (recorded.event()) {
            case PunchedIn in -> begin(new Key(employee, in.sessionId()), in, recorded.seq());
            case PunchedOut out -> end(new Key(employee, out.sessionId()), out, recorded.seq());
            case PunchCorrected correction ->
                    correct(new Key(employee, correction.sessionId()), correction, recorded.seq());
            default -> {}
        }
    }

    private void begin(Key key, PunchedIn in, long seq) {
        Instant start = Timestamps.micros(in.countedAt());
        begun.put(key, new Begun(in.businessDate(), in.zoneId(), start, null, false, seq));
        lastSessions.put(key.employee(), new LastSession(key.sessionId(), start));
    }

    private void end(Key key, PunchedOut out, long seq) {
        LastSession last = lastSessions.get(key.employee());
        Instant start =
                last != null && last.sessionId().equals(key.sessionId()) ? last.openSince() : null;
        if (start == null) {
            throw new IllegalStateException(key.sessionId() + " is not open");
        }
        Instant end = Timestamps.micros(out.countedAt());
        Begun row = begun.get(key);
        Corrected correction = corrected.get(key);
        if (row != null) {
            begun.put(
                    key,
                    new Begun(
                            row.businessDate(),
                            row.zoneId(),
                            row.punchInTime(),
                            end,
                            row.corrected(),
                            seq));
        } else if (correction != null) {
            // The stored row does not begin when the corrected session does.
            corrected.put(
                    key,
                    new Corrected(correction.businessDate(), correction.punchInTime(), end, seq));
        } else {
            ended.put(key, new Ended(start, end, seq));
        }
        lastSessions.put(key.employee(), new LastSession(key.sessionId(), null));
    }

    private void correct(Key key, PunchCorrected event, long seq) {
        Instant start = Timestamps.micros(event.punchInTime());
        Instant end = event.punchOutTime() == null ? null : Timestamps.micros(event.punchOutTime());
        Begun row = begun.get(key);
        if (row != null) {
            begun.put(key, new Begun(event.businessDate(), row.zoneId(), start, end, true, seq));
        } else {
            // A correction says when the session ended as well.
            ended.remove(key);
            corrected.put(key, new Corrected(event.businessDate(), start, end, seq));
        }
        LastSession last = lastSessions.get(key.employee());
        if (last != null && last.sessionId().equals(key.sessionId())) {
            lastSessions.put(
                    key.employee(), new LastSession(key.sessionId(), end == null ? start : null));
        }
    }

    @Override
    public void write(Pipeline pipeline) {
        pipeline.update(WorkSessionReadModel.INSERT, begunColumns())
                .update(WorkSessionReadModel.END, endedColumns())
                .update(WorkSessionReadModel.CORRECT, correctedColumns());
    }

    private Columns begunColumns() {
        var rows = new Columns("text text timestamptz text timestamptz date bool text int8");
        begun.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                row.punchInTime(),
                                key.sessionId(),
                                row.punchOutTime(),
                                row.businessDate(),
                                row.corrected(),
                                row.zoneId(),
                                row.seq()));
        return rows;
    }

    private Columns endedColumns() {
        var rows = new Columns("text text timestamptz text timestamptz int8");
        ended.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                row.punchInTime(),
                                key.sessionId(),
                                row.punchOutTime(),
                                row.seq()));
        return rows;
    }

    private Columns correctedColumns() {
        var rows = new Columns("text text text timestamptz timestamptz date int8");
        corrected.forEach(
                (key, row) ->
                        rows.add(
                                key.employee().companyId(),
                                key.employee().employeeId(),
                                key.sessionId(),
                                row.punchInTime(),
                                row.punchOutTime(),
                                row.businessDate(),
                                row.seq()));
        return rows;
    }
}

package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.projection.Pipeline;
import com.abrohr.attendance.query.projection.ReadModel;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One row per leave request, with how it was decided. */
public final class LeaveReadModel implements ReadModel {
    private static final String INSERT =
            """
            insert into leave_request (company_id, leave_id, employee_id, leave_type, start_date,
                end_date, reason, status, submitted_at, decided_at, decided_by, comment, last_seq)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    static final String DECIDE =
            """
            update leave_request r
            set status = n.status, decided_at = n.decided_at, decided_by = n.decided_by,
                comment = n.comment, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?, ?, ?)
                as n(company_id, leave_id, employee_id, status, decided_at, decided_by, comment,
                    last_seq)
            where r.company_id = n.company_id and r.leave_id = n.leave_id
                and r.employee_id = n.employee_id""";

    @Override
    public List<String> tables() {
        return List.of("leave_request");
    }

    @Override
    public ReadModel.Batch begin(Connection connection) {
        return new Batch();
    }

    /** Leave requests are named within their employee. */
    private record Key(EmployeeKey employee, String leaveId) {}

    private record Request(LeaveSubmitted event, Instant submittedAt) {}

    /**
     * @param decidedAt null together with {@code decidedBy} for a withdrawal, which decides nothing
     * @param seq the company's number of the event
     */
    private record Decision(
            LeaveStatus status,
            @Nullable Instant decidedAt,
            @Nullable String decidedBy,
            @Nullable String comment,
            long seq) {}

    static final class Batch implements ReadModel.Batch {
        private final Map<Key, Request> submitted = new LinkedHashMap<>();

        /** The last of each request, submitted in this batch or before. */
        private final Map<Key, Decision> decisions = new LinkedHashMap<>();

        @Override
        public void apply(RecordedEvent recorded) {
            if (recorded.event() instanceof LeaveEvent event) {
                var key = new Key(recorded.employee(), event.leaveId());
                if (event instanceof LeaveSubmitted request) {
                    submitted.put(key, new Request(request, recorded.receivedAt()));
                }
                decisions.put(key, decision(event, recorded));
            }
        }

        private static Decision decision(LeaveEvent event, RecordedEvent recorded) {
            long seq = recorded.seq();
            Instant at = recorded.receivedAt();
            return switch (event) {
                case LeaveSubmitted _ -> new Decision(LeaveStatus.PENDING, null, null, null, seq);
                case LeaveApproved it ->
                        new Decision(LeaveStatus.APPROVED, at, it.approvedBy(), it.comment(), seq);
                case LeaveRejected it ->
                        new Decision(LeaveStatus.REJECTED, at, it.rejectedBy(), it.comment(), seq);
                case LeaveWithdrawn _ -> new Decision(LeaveStatus.WITHDRAWN, null, null, null, seq);
            };
        }

        @Override
        public void write(Pipeline pipeline) {
            pipeline.update(INSERT, submittedColumns()).update(DECIDE, decidedColumns());
        }

        Columns submittedColumns() {
            var rows =
                    new Columns(
                            "text text text text date date text text timestamptz "
                                    + "timestamptz text text int8");
            submitted.forEach(
                    (key, request) -> {
                        LeaveSubmitted event = request.event();
                        Decision now = Objects.requireNonNull(decisions.get(key));
                        rows.add(
                                event.companyId(),
                                event.leaveId(),
                                event.employeeId(),
                                event.leaveType(),
                                event.startDate(),
                                event.endDate(),
                                event.reason(),
                                now.status(),
                                request.submittedAt(),
                                now.decidedAt(),
                                now.decidedBy(),
                                now.comment(),
                                now.seq());
                    });
            return rows;
        }

        Columns decidedColumns() {
            var rows = new Columns("text text text text timestamptz text text int8");
            decisions.forEach(
                    (key, now) -> {
                        if (!submitted.containsKey(key)) {
                            rows.add(
                                    key.employee().companyId(),
                                    key.leaveId(),
                                    key.employee().employeeId(),
                                    now.status(),
                                    now.decidedAt(),
                                    now.decidedBy(),
                                    now.comment(),
                                    now.seq());
                        }
                    });
            return rows;
        }
    }
}

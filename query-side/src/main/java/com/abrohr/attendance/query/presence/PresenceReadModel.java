package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;
import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.projection.EmployeeReadModel;
import com.abrohr.attendance.query.projection.Pipeline;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One row per employee: what was registered, and what presence is computed from. */
public final class PresenceReadModel implements EmployeeReadModel {
    static final String REQUESTED_DATES =
            """
            select start_date, end_date
            from leave_request where company_id = ? and leave_id = ? and employee_id = ?""";

    @Override
    public List<String> tables() {
        return List.of("presence");
    }

    @Override
    public String progress() {
        return "select last_seq, parked from presence where company_id = ? and employee_id = ?";
    }

    @Override
    public EmployeeReadModel.Batch begin(Connection connection) {
        return new Batch(connection);
    }

    private record RequestKey(EmployeeKey employee, String leaveId) {}

    private static final class Batch implements EmployeeReadModel.Batch {
        private final Connection connection;
        private final Map<EmployeeKey, EmployeeFacts> facts = new HashMap<>();
        private final Set<EmployeeKey> changed = new LinkedHashSet<>();

        /** Of the requests that this batch has submitted, which have no rows yet. */
        private final Map<RequestKey, Range> submitted = new HashMap<>();

        Batch(Connection connection) {
            this.connection = connection;
        }

        @Override
        public void load(Collection<EmployeeKey> employees, Pipeline pipeline) {
            pipeline.query(
                    PresenceTable.SELECT_BY_KEYS,
                    Columns.keys(employees),
                    row -> {
                        EmployeeFacts read = PresenceTable.facts(row, row.getRow());
                        facts.put(read.employee(), read);
                    });
        }

        @Override
        public void apply(RecordedEvent event) {
            EmployeeKey employee = event.employee();
            store(PresenceFold.apply(factsOf(employee), event, id -> requestedDates(employee, id)));
            if (event.event() instanceof LeaveSubmitted request) {
                submitted.put(
                        new RequestKey(employee, request.leaveId()),
                        new Range(request.leaveId(), request.startDate(), request.endDate()));
            }
        }

        private @Nullable Range requestedDates(EmployeeKey employee, String leaveId) {
            Range dates = submitted.get(new RequestKey(employee, leaveId));
            return dates != null ? dates : storedDates(employee, leaveId);
        }

        private @Nullable Range storedDates(EmployeeKey employee, String leaveId) {
            try (PreparedStatement statement = connection.prepareStatement(REQUESTED_DATES)) {
                statement.setString(1, employee.companyId());
                statement.setString(2, leaveId);
                statement.setString(3, employee.employeeId());
                ResultSet row = statement.executeQuery();
                return row.next()
                        ? new Range(
                                leaveId,
                                row.getObject(1, LocalDate.class),
                                row.getObject(2, LocalDate.class))
                        : null;
            } catch (SQLException e) {
                throw new IllegalStateException("the dates of " + leaveId + " cannot be read", e);
            }
        }

        @Override
        public boolean isDeadLettered(EmployeeKey employee) {
            return factsOf(employee).deadLettered();
        }

        @Override
        public void setDeadLettered(EmployeeKey employee, boolean deadLettered, Instant at) {
            store(factsOf(employee).withDeadLettered(deadLettered, at));
        }

        @Override
        public long lastSeq(EmployeeKey employee) {
            return factsOf(employee).lastSeq();
        }

        private EmployeeFacts factsOf(EmployeeKey employee) {
            EmployeeFacts row = facts.get(employee);
            return row == null ? EmployeeFacts.initial(employee) : row;
        }

        private void store(EmployeeFacts row) {
            facts.put(row.employee(), row);
            changed.add(row.employee());
        }

        @Override
        public void write(Pipeline pipeline) {
            pipeline.update(
                    PresenceTable.UPSERT,
                    PresenceTable.columns(changed.stream().map(this::factsOf).toList()));
        }
    }
}

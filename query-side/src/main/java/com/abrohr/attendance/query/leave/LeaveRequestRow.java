package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.read.Cursor;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;

@Entity
@Immutable
@Table(name = "leave_request")
@IdClass(LeaveRequestRow.Key.class)
@SuppressWarnings("NullAway.Init") // Filled by Hibernate.
class LeaveRequestRow {

    static final String LIST = "leave-requests";

    record Key(String companyId, String leaveId) implements Serializable {}

    @Id String companyId;
    @Id String leaveId;
    String employeeId;
    String leaveType;
    LocalDate startDate;
    LocalDate endDate;
    @Nullable String reason;
    String status;
    Instant submittedAt;
    @Nullable Instant decidedAt;
    @Nullable String decidedBy;
    @Nullable String comment;

    @Formula(
            "(select p.display_name from presence p"
                    + " where p.company_id = company_id and p.employee_id = employee_id)")
    @Nullable String displayName;

    Cursor place() {
        return Cursor.in(LIST, submittedAt, leaveId);
    }

    LeaveRequestView view() {
        return new LeaveRequestView(
                leaveId,
                employeeId,
                displayName == null ? employeeId : displayName,
                leaveType,
                startDate,
                endDate,
                reason,
                LeaveStatus.valueOf(status),
                submittedAt,
                decidedAt,
                decidedBy,
                comment);
    }
}

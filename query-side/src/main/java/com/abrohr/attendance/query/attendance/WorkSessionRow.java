package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.query.read.Cursor;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;
import java.time.LocalDate;

@Entity
@Immutable
@Table(name = "work_session")
@IdClass(WorkSessionRow.Key.class)
@SuppressWarnings("NullAway.Init") // Filled by Hibernate.
class WorkSessionRow {

    static final String LIST = "sessions";

    record Key(String companyId, String employeeId, Instant punchInTime, String sessionId)
            implements Serializable {}

    @Id String companyId;
    @Id String employeeId;
    @Id Instant punchInTime;
    @Id String sessionId;
    LocalDate businessDate;
    String zoneId;
    @Nullable Instant punchOutTime;
    boolean corrected;

    Cursor place() {
        return Cursor.in(LIST, punchInTime, sessionId);
    }

    WorkSessionView view() {
        return new WorkSessionView(
                sessionId, employeeId, businessDate, zoneId, punchInTime, punchOutTime, corrected);
    }
}

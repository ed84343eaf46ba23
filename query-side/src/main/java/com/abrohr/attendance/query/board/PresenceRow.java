package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.workforce.EmployeeView;
import com.abrohr.attendance.query.board.EmployeeFacts.Clock;
import com.abrohr.attendance.query.board.EmployeeFacts.Leave;
import com.abrohr.attendance.query.board.EmployeeFacts.Person;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;

@Entity
@Immutable
@Table(name = "presence")
@IdClass(PresenceRow.Key.class)
@SuppressWarnings("NullAway.Init") // Filled by Hibernate.
class PresenceRow {

    record Key(String companyId, String employeeId) implements Serializable {}

    @Id String companyId;
    @Id String employeeId;
    @Nullable String displayName;
    @Nullable String departmentId;
    @Nullable String siteId;
    String zoneId;
    @Nullable String sessionId;
    boolean sessionOpen;
    @Nullable Instant since;
    @Nullable Double lat;
    @Nullable Double lng;
    @Nullable Double accuracy;

    @Formula("cast(approved_leave as text)")
    String approvedLeave;

    boolean parked;
    @Nullable Instant parkedChangedAt;
    long lastSeq;
    @Nullable Instant nextChangeAt;

    EmployeeView employee() {
        return new EmployeeView(
                employeeId,
                displayName == null ? employeeId : displayName,
                departmentId,
                siteId,
                zoneId);
    }

    EmployeeFacts facts() {
        return new EmployeeFacts(
                companyId,
                employeeId,
                new Person(displayName, departmentId, siteId, zoneId),
                new Clock(
                        sessionId,
                        sessionOpen,
                        since,
                        lat == null || lng == null ? null : new Location(lat, lng, accuracy)),
                new Leave(LeaveRanges.read(approvedLeave)),
                parked,
                parkedChangedAt,
                lastSeq,
                nextChangeAt);
    }
}

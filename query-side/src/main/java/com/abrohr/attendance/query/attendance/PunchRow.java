package com.abrohr.attendance.query.attendance;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.query.read.Cursor;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

import java.io.Serializable;
import java.time.Instant;

@Entity
@Immutable
@Table(name = "punch")
@IdClass(PunchRow.Key.class)
@SuppressWarnings("NullAway.Init") // Filled by Hibernate.
class PunchRow {

    static final String LIST = "punches";

    record Key(String companyId, String employeeId, Instant occurredAt, long seq)
            implements Serializable {}

    @Id String companyId;
    @Id String employeeId;
    @Id Instant occurredAt;
    @Id long seq;
    String type;
    String sessionId;
    Instant receivedAt;
    Instant recordedAt;
    String source;
    boolean offline;
    String commandId;
    String zoneId;
    @Nullable String siteId;
    @Nullable Double lat;
    @Nullable Double lng;
    @Nullable Double accuracy;

    Cursor place() {
        return Cursor.in(LIST, occurredAt, seq);
    }

    PunchView view() {
        return new PunchView(
                employeeId,
                PunchType.valueOf(type),
                sessionId,
                occurredAt,
                receivedAt,
                recordedAt,
                source,
                offline,
                commandId,
                zoneId,
                siteId,
                lat == null || lng == null ? null : new Location(lat, lng, accuracy));
    }
}

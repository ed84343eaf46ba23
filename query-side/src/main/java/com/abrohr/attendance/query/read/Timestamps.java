package com.abrohr.attendance.query.read;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

/** Instants as the driver takes and gives them, and as PostgreSQL keeps them. */
public final class Timestamps {
    private Timestamps() {}

    /** To the microsecond, as {@code timestamptz} keeps it. */
    public static Instant micros(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MICROS);
    }

    public static OffsetDateTime parameter(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    public static Instant required(ResultSet row, int column) throws SQLException {
        return Objects.requireNonNull(nullable(row, column));
    }

    public static @Nullable Instant nullable(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}

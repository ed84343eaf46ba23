package com.abrohr.attendance.query.punch;

import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.projection.Pipeline;
import com.abrohr.attendance.query.projection.ReadModel;
import com.abrohr.attendance.query.read.Timestamps;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One row per punch, which is never changed. */
public final class PunchReadModel implements ReadModel {
    static final String SITES =
            Columns.selectByEmployee("select company_id, employee_id, site_id from presence");

    private static final String INSERT =
            """
            insert into punch (company_id, employee_id, occurred_at, seq, received_at, recorded_at,
                lat, lng, accuracy, offline, type, session_id, source, command_id, zone_id, site_id)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    @Override
    public List<String> tables() {
        return List.of("punch");
    }

    @Override
    public ReadModel.Batch begin(Connection connection) {
        return new Batch();
    }

    private static final class Batch implements ReadModel.Batch {
        /** Where the employees work, as it was known before the next event. */
        private final Map<EmployeeKey, @Nullable String> sites = new HashMap<>();

        private final Columns rows =
                new Columns(
                        "text text timestamptz int8 timestamptz timestamptz float8 "
                                + "float8 float8 bool text text text text text text");

        @Override
        public void load(Collection<EmployeeKey> employees, Pipeline pipeline) {
            pipeline.query(
                    SITES,
                    Columns.keys(employees),
                    row ->
                            sites.put(
                                    new EmployeeKey(row.getString(1), row.getString(2)),
                                    row.getString(3)));
        }

        @Override
        public void apply(RecordedEvent recorded) {
            switch (recorded.event()) {
                case PunchedIn in ->
                        add(
                                PunchType.IN,
                                in,
                                in.occurredAt(),
                                in.zoneId(),
                                in.location(),
                                recorded);
                case PunchedOut out ->
                        add(
                                PunchType.OUT,
                                out,
                                out.occurredAt(),
                                out.zoneId(),
                                out.location(),
                                recorded);
                case EmployeeRegistered registered ->
                        sites.put(recorded.employee(), registered.siteId());
                default -> {}
            }
        }

        private void add(
                PunchType type,
                AttendanceEvent event,
                Instant occurredAt,
                String zoneId,
                @Nullable String geoUri,
                RecordedEvent recorded) {
            Location place = geoUri == null ? null : Location.ofGeoUri(geoUri);
            rows.add(
                    event.companyId(),
                    event.employeeId(),
                    Timestamps.micros(occurredAt),
                    recorded.seq(),
                    recorded.receivedAt(),
                    recorded.recordedAt(),
                    place == null ? null : place.lat(),
                    place == null ? null : place.lng(),
                    place == null ? null : place.accuracy(),
                    recorded.offline(),
                    type,
                    event.sessionId(),
                    recorded.source(),
                    recorded.commandId(),
                    zoneId,
                    sites.get(recorded.employee()));
        }

        @Override
        public void write(Pipeline pipeline) {
            pipeline.update(INSERT, rows);
        }
    }
}

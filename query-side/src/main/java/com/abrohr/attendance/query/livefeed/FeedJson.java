package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an entry says, as it is stored: each kind of update under a name of its own, so that classes
 * can move and nothing in the table can name a class to be made.
 */
public final class FeedJson {

    private final JsonMapper mapper =
            JsonMapper.builder()
                    .addMixIn(FeedUpdate.class, Names.class)
                    .disable(DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    /** The columns of the table say the rest. */
    private record Payload(FeedUpdate update, @Nullable PresenceView presence) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = FeedUpdate.Punched.class, name = "PUNCHED"),
        @JsonSubTypes.Type(value = FeedUpdate.SessionCorrected.class, name = "SESSION_CORRECTED"),
        @JsonSubTypes.Type(value = FeedUpdate.LeaveRequested.class, name = "LEAVE_REQUESTED"),
        @JsonSubTypes.Type(value = FeedUpdate.LeaveChanged.class, name = "LEAVE_CHANGED"),
        @JsonSubTypes.Type(value = FeedUpdate.EmployeeJoined.class, name = "EMPLOYEE_JOINED"),
        @JsonSubTypes.Type(value = FeedUpdate.PresenceUnknown.class, name = "PRESENCE_UNKNOWN")
    })
    private interface Names {}

    public String write(FeedEntry entry) {
        return mapper.writeValueAsString(new Payload(entry.update(), entry.presence()));
    }

    /**
     * @param columns the entry without what {@code payload} says
     */
    FeedEntry read(FeedRow columns, String payload) {
        Payload said = mapper.readValue(payload, Payload.class);
        return new FeedEntry(
                columns.companyId(),
                columns.seq(),
                columns.managersPrev(),
                columns.employeePrev(),
                columns.employeeId(),
                columns.recordedAt(),
                said.update(),
                said.presence());
    }
}

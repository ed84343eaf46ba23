package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;

/**
 * What a decision knows besides the command's body and the aggregate's state. The server sets all
 * of it, so that a decision needs neither a clock nor a random source.
 *
 * @param receivedAt when the server got the command, in whole microseconds as the log keeps them
 * @param actorId the employee who asks
 * @param zone of the punch where it names one, else the employee's own
 */
public record Circumstances(
        String commandId, String actorId, Role actorRole, Instant receivedAt, ZoneId zone) {

    public Circumstances {
        receivedAt = LogInstant.of(receivedAt);
    }

    /** Reads what the command bus wrote into the command's metadata. */
    public static Circumstances of(Map<String, ?> metadata) {
        return new Circumstances(
                Actor.text(metadata, MetadataKeys.COMMAND_ID),
                Actor.text(metadata, MetadataKeys.ACTOR_ID),
                Role.valueOf(Actor.text(metadata, MetadataKeys.ACTOR_ROLE)),
                Instant.parse(Actor.text(metadata, MetadataKeys.RECEIVED_AT)),
                ZoneId.of(Actor.text(metadata, MetadataKeys.ZONE_ID)));
    }
}

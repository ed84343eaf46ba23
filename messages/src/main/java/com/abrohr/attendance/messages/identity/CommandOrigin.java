package com.abrohr.attendance.messages.identity;

import java.time.Instant;
import java.util.Map;

/** What the server knows of a command besides its body. */
public record CommandOrigin(
        Caller caller, Source source, Instant receivedAt, String correlationId) {

    /**
     * The metadata to dispatch a command with; zone, occurredAt and commandId are added where the
     * command is decided.
     */
    public Map<String, String> toMetadata() {
        return Map.of(
                MetadataKeys.COMPANY_ID, caller.companyId(),
                MetadataKeys.ACTOR_ID, caller.employeeId(),
                MetadataKeys.ACTOR_ROLE, caller.role().name(),
                MetadataKeys.SOURCE, source.name(),
                MetadataKeys.RECEIVED_AT, receivedAt.toString(),
                MetadataKeys.CORRELATION_ID, correlationId);
    }
}

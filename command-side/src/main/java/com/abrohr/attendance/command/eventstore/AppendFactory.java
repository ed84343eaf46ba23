package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Turns the events of one command into rows, on the command's own thread, and rejects what the
 * table cannot hold before it reaches a batch.
 */
final class AppendFactory {
    static final Set<String> NOT_STORED =
            Set.of(AppendMetadata.FINGERPRINT, AppendMetadata.UNCHANGED, MetadataKeys.COMPANY_SEQ);

    private final long maxBytes;

    AppendFactory(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * @param events of one command, at least one
     * @throws AppendRejected when they cannot be stored as they are
     */
    PendingAppend create(List<? extends EventMessage<?>> events, Serializer serializer) {
        CommandKey command = null;
        List<EventRow> rows = new ArrayList<>(events.size());
        for (EventMessage<?> event : events) {
            CommandKey key = commandOf(event);
            if (command != null && !command.equals(key)) {
                throw rejected("Events of two commands or employees in one append");
            }
            command = key;
            rows.add(row(event, rows.size(), serializer));
        }
        if (command == null) {
            throw rejected("An append without events");
        }
        PendingAppend append = new PendingAppend(command, rows, unchanged(events.getFirst()));
        if (append.size() > maxBytes) {
            throw rejected(append.size() + " bytes of events in one command");
        }
        return append;
    }

    /** Answers which command an event is of. */
    static CommandKey commandOf(EventMessage<?> event) {
        if (!(event.getPayload() instanceof DomainEvent payload)) {
            throw rejected(event.getPayloadType().getName() + " is no domain event");
        }
        String company = metadata(event, MetadataKeys.COMPANY_ID);
        if (!company.equals(payload.companyId())) {
            throw rejected("The company of the event is not the one in its metadata");
        }
        return new CommandKey(
                company,
                text(payload.employeeId(), "employeeId"),
                metadata(event, MetadataKeys.COMMAND_ID));
    }

    private static EventRow row(EventMessage<?> message, int step, Serializer serializer) {
        if (!(message instanceof DomainEventMessage<?> event)) {
            throw rejected("An event that belongs to no aggregate");
        }
        SerializedObject<byte[]> payload = event.serializePayload(serializer, byte[].class);
        MetaData metadata = event.getMetaData().withoutKeys(NOT_STORED);
        return new EventRow(
                event,
                uuid(event.getIdentifier()),
                text(event.getType(), "aggregate type"),
                text(event.getAggregateIdentifier(), "aggregate id"),
                event.getSequenceNumber(),
                step,
                step == 0 ? fingerprint(event) : null,
                text(payload.getType().getName(), "payload type"),
                payload.getType().getRevision(),
                withoutNul(payload.getData()),
                withoutNul(serializer.serialize(metadata, byte[].class).getData()));
    }

    private static @Nullable StreamVersion unchanged(EventMessage<?> event) {
        return (StreamVersion) event.getMetaData().get(AppendMetadata.UNCHANGED);
    }

    private static UUID uuid(String identifier) {
        try {
            return UUID.fromString(identifier);
        } catch (IllegalArgumentException e) {
            throw new AppendRejected("The event id is no UUID", e);
        }
    }

    private static byte @Nullable [] fingerprint(EventMessage<?> event) {
        Object hex = event.getMetaData().get(AppendMetadata.FINGERPRINT);
        if (hex == null) {
            return null;
        }
        try {
            return HexFormat.of().parseHex(hex.toString());
        } catch (IllegalArgumentException e) {
            throw new AppendRejected("The fingerprint is not written in hex", e);
        }
    }

    private static String metadata(EventMessage<?> event, String key) {
        Object value = event.getMetaData().get(key);
        return text(value == null ? null : value.toString(), key);
    }

    /** PostgreSQL holds no NUL, and a lone surrogate would be stored as another text. */
    private static String text(@Nullable String value, String name) {
        if (value == null) {
            throw rejected("No " + name);
        }
        if (value.indexOf('\0') >= 0 || !StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
            throw rejected("The " + name + " has a character that cannot be stored");
        }
        return value;
    }

    /** JSON may spell NUL as an escape, which bytea would take but jsonb could never show. */
    private static byte[] withoutNul(byte[] json) {
        for (int i = 0; i < json.length - 1; i++) {
            if (json[i] == '\\') {
                i++;
                if (json[i] == 'u'
                        && i + 4 < json.length
                        && json[i + 1] == '0'
                        && json[i + 2] == '0'
                        && json[i + 3] == '0'
                        && json[i + 4] == '0') {
                    throw rejected("The event has a NUL character");
                }
            }
        }
        return json;
    }

    private static AppendRejected rejected(String reason) {
        return new AppendRejected(reason, null);
    }
}

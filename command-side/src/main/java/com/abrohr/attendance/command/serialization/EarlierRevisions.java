package com.abrohr.attendance.command.serialization;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;
import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Reads events of revisions that had fewer components as those of today. What an event stored
 * before cannot know stays absent.
 */
final class EarlierRevisions extends SingleEventUpcaster {
    private final Map<SerializedType, SerializedType> today = new HashMap<>();

    EarlierRevisions(EventTypes types) {
        for (EventType type : types.all()) {
            for (String revision : type.earlierRevisions()) {
                today.put(new SimpleSerializedType(type.name().getName(), revision), type.name());
            }
        }
    }

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        return ofToday(event) != null;
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        SerializedType type = ofToday(event);
        if (type == null) {
            throw new IllegalStateException(event.getType() + " is not of an earlier revision");
        }
        return event.upcastPayload(
                new SimpleSerializedType(type.getName(), type.getRevision()),
                byte[].class,
                UnaryOperator.identity());
    }

    private @Nullable SerializedType ofToday(IntermediateEventRepresentation event) {
        SerializedType type = event.getType();
        return today.get(new SimpleSerializedType(type.getName(), type.getRevision()));
    }
}

package com.abrohr.attendance.command.serialization;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** Every event that the log may hold. */
public final class EventTypes {
    private final Map<Class<?>, EventType> byClass = new HashMap<>();
    private final Map<SerializedType, EventType> byName = new HashMap<>();

    /**
     * @throws IllegalArgumentException when two of them share a class or a name
     */
    public EventTypes(Collection<EventType> types) {
        for (EventType type : types) {
            if (byClass.put(type.type(), type) != null || byName.put(type.name(), type) != null) {
                throw new IllegalArgumentException(type + " is there twice");
            }
        }
    }

    Collection<EventType> all() {
        return byClass.values();
    }

    @Nullable EventType of(Class<?> type) {
        return byClass.get(type);
    }

    @Nullable EventType of(SerializedType name) {
        return byName.get(new SimpleSerializedType(name.getName(), name.getRevision()));
    }
}

package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the log calls the events. The name and the revision stay for ever, whatever becomes of the
 * class; a changed shape is a new revision and an upcaster.
 */
final class EventTypes {

    /**
     * @param personal the components that are kept in envelopes, by name
     * @param needed the components that are never null
     */
    record EventType(
            Class<? extends DomainEvent> type,
            SerializedType name,
            Map<String, Category> personal,
            List<String> needed) {}

    private static final String REVISION = "1";

    private final Map<Class<?>, EventType> byClass = new HashMap<>();
    private final Map<SerializedType, EventType> byName = new HashMap<>();

    EventTypes() {
        all().forEach(this::add);
    }

    /** Every event of the language, found through the sealed interfaces that list them. */
    static Stream<Class<? extends DomainEvent>> all() {
        return Stream.of(AttendanceEvent.class, LeaveEvent.class, WorkforceEvent.class)
                .flatMap(language -> Arrays.stream(language.getPermittedSubclasses()))
                .map(type -> type.asSubclass(DomainEvent.class));
    }

    private void add(Class<? extends DomainEvent> type) {
        RecordComponent[] components = type.getRecordComponents();
        EventType event =
                new EventType(
                        type,
                        new SimpleSerializedType(type.getSimpleName(), REVISION),
                        Arrays.stream(components)
                                .filter(it -> it.isAnnotationPresent(PersonalData.class))
                                .collect(
                                        Collectors.toUnmodifiableMap(
                                                RecordComponent::getName, EventTypes::categoryOf)),
                        Arrays.stream(components)
                                .filter(it -> !isNullable(it))
                                .map(RecordComponent::getName)
                                .toList());
        byClass.put(type, event);
        byName.put(event.name(), event);
    }

    private static Category categoryOf(RecordComponent component) {
        PersonalData personal = component.getAnnotation(PersonalData.class);
        if (personal == null || component.getType() != String.class || !isNullable(component)) {
            throw new IllegalStateException(component + " must be a nullable String");
        }
        return personal.value();
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    @Nullable EventType of(Class<?> type) {
        return byClass.get(type);
    }

    @Nullable EventType of(SerializedType name) {
        return byName.get(new SimpleSerializedType(name.getName(), name.getRevision()));
    }
}

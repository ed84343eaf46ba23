package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the log calls an event. The name and the revision stay for ever, whatever becomes of the
 * class; a changed shape is a new revision and an upcaster.
 *
 * @param type a record
 * @param name with the revision that is written today
 * @param earlierRevisions that lack components which may be null, and differ in nothing else
 * @param personal the components that are kept in envelopes, by name
 * @param needed the components that are never null
 */
public record EventType(
        Class<? extends DomainEvent> type,
        SerializedType name,
        Set<String> earlierRevisions,
        Map<String, Category> personal,
        List<String> needed) {

    public static EventType of(
            Class<? extends DomainEvent> type,
            String name,
            String revision,
            String... earlierRevisions) {
        RecordComponent[] components = type.getRecordComponents();
        return new EventType(
                type,
                new SimpleSerializedType(name, revision),
                Set.of(earlierRevisions),
                Arrays.stream(components)
                        .filter(it -> it.isAnnotationPresent(PersonalData.class))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        RecordComponent::getName, EventType::categoryOf)),
                Arrays.stream(components)
                        .filter(it -> !isNullable(it))
                        .map(RecordComponent::getName)
                        .toList());
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
}

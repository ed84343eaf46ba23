package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.jspecify.annotations.Nullable;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

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

    /** Every event with the revision that is written today. */
    static final List<EventType> ALL =
            List.of(
                    event(EmployeeRegistered.class, "EmployeeRegistered", "1"),
                    event(PunchedIn.class, "PunchedIn", "1"),
                    event(PunchedOut.class, "PunchedOut", "2"),
                    event(CorrectionRequested.class, "CorrectionRequested", "1"),
                    event(CorrectionApproved.class, "CorrectionApproved", "1"),
                    event(PunchCorrected.class, "PunchCorrected", "1"),
                    event(LeaveSubmitted.class, "LeaveSubmitted", "1"),
                    event(LeaveApproved.class, "LeaveApproved", "2"),
                    event(LeaveRejected.class, "LeaveRejected", "2"),
                    event(LeaveWithdrawn.class, "LeaveWithdrawn", "2"));

    private final Map<Class<?>, EventType> byClass = new HashMap<>();
    private final Map<SerializedType, EventType> byName = new HashMap<>();

    EventTypes() {
        for (EventType event : ALL) {
            byClass.put(event.type(), event);
            byName.put(event.name(), event);
        }
    }

    private static EventType event(
            Class<? extends DomainEvent> type, String name, String revision) {
        RecordComponent[] components = type.getRecordComponents();
        return new EventType(
                type,
                new SimpleSerializedType(name, revision),
                Arrays.stream(components)
                        .filter(it -> it.isAnnotationPresent(PersonalData.class))
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        RecordComponent::getName, EventTypes::categoryOf)),
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

    @Nullable EventType of(Class<?> type) {
        return byClass.get(type);
    }

    @Nullable EventType of(SerializedType name) {
        return byName.get(new SimpleSerializedType(name.getName(), name.getRevision()));
    }
}

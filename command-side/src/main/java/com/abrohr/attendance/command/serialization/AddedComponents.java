package com.abrohr.attendance.command.serialization;

import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.upcasting.event.IntermediateEventRepresentation;
import org.axonframework.serialization.upcasting.event.SingleEventUpcaster;

import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Revision 1 to 2 of the events that got components which their readers would otherwise have to
 * look up: the start of a session on its end, type and dates of a leave on its decision. An event
 * stored before cannot know them, so they stay absent.
 */
final class AddedComponents extends SingleEventUpcaster {

    private static final Set<String> EVENTS =
            Set.of("PunchedOut", "LeaveApproved", "LeaveRejected", "LeaveWithdrawn");

    @Override
    protected boolean canUpcast(IntermediateEventRepresentation event) {
        SerializedType type = event.getType();
        return "1".equals(type.getRevision()) && EVENTS.contains(type.getName());
    }

    @Override
    protected IntermediateEventRepresentation doUpcast(IntermediateEventRepresentation event) {
        return event.upcastPayload(
                new SimpleSerializedType(event.getType().getName(), "2"),
                byte[].class,
                UnaryOperator.identity());
    }
}

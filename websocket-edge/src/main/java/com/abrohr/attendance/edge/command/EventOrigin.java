package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Source;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Who sent an event and when the server received it.
 *
 * @param beforeSend called with each commandId before its command is sent
 */
public record EventOrigin(
        Caller caller, Instant receivedAt, String correlationId, Consumer<String> beforeSend) {

    CommandOrigin toCommandOrigin() {
        return new CommandOrigin(caller, Source.WEB, receivedAt, correlationId);
    }

    /** The employee that the event names, else the one who sends it. */
    String targetEmployee(PayloadReader payload) {
        String named = payload.optionalText("employeeId");
        return named == null ? caller.employeeId() : named;
    }
}

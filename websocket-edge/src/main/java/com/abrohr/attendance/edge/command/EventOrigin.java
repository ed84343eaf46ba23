package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Source;

import java.time.Instant;
import java.util.function.Consumer;

/**
 * Who sent an event and when the server got it.
 *
 * @param sends hears each commandId before its command is sent
 */
public record EventOrigin(
        Caller caller, Instant receivedAt, String correlationId, Consumer<String> sends) {

    CommandOrigin toCommandOrigin() {
        return new CommandOrigin(caller, Source.WEB, receivedAt, correlationId);
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.CommandOrigin;
import com.abrohr.attendance.messages.identity.Source;

import java.time.Instant;

/** Who sent an event and when the server got it. */
public record EventOrigin(Caller caller, Instant receivedAt, String correlationId) {

    CommandOrigin toCommandOrigin() {
        return new CommandOrigin(caller, Source.WEB, receivedAt, correlationId);
    }
}

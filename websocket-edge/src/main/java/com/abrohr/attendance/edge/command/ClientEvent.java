package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** An event of the guide that a client may send and that becomes a command. */
public interface ClientEvent {

    String name();

    /**
     * @throws Refusal when the event is not as it should be, or its command is refused
     */
    Answer handle(EventOrigin origin, List<JsonNode> arguments);
}

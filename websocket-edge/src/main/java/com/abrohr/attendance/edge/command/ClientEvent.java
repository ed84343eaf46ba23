package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** Handles one event of the guide that a client may send and that becomes a command. */
@FunctionalInterface
interface ClientEvent {
    /**
     * Sends the command of an event.
     *
     * @param arguments what follows the name of the event
     * @throws Refusal when the event is malformed, or its command is refused
     */
    EventResult handle(EventOrigin origin, List<JsonNode> arguments);
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.attendance.PunchType;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** punch_in and punch_out. */
final class PunchEvent implements ClientEvent {

    private final PunchType type;
    private final PunchSender punches;

    PunchEvent(PunchType type, PunchSender punches) {
        this.type = type;
        this.punches = punches;
    }

    @Override
    public String name() {
        return switch (type) {
            case IN -> "punch_in";
            case OUT -> "punch_out";
        };
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(
                        arguments, "employeeId", "timestamp", "location", "commandId", "offline");
        return Answer.confirmed(
                name() + "_confirmed",
                punches.send(type, payload.flag("offline", false), payload, origin));
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/** punch_in and punch_out. */
final class PunchEvent implements ClientEvent {

    private final PunchType type;
    private final CommandSender commands;

    PunchEvent(PunchType type, CommandSender commands) {
        this.type = type;
        this.commands = commands;
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
        PayloadReader payload = PayloadReader.of(arguments);
        String company = origin.caller().companyId();
        String employee = EmployeeInQuestion.of(payload, origin);
        Instant occurredAt = payload.instant("timestamp");
        Location location = payload.optionalLocation("location");
        String commandId = CommandSender.commandId(payload);
        PunchReceipt receipt =
                commands.send(
                        switch (type) {
                            case IN ->
                                    new PunchIn(
                                            company,
                                            employee,
                                            commandId,
                                            occurredAt,
                                            null,
                                            location);
                            case OUT ->
                                    new PunchOut(
                                            company,
                                            employee,
                                            commandId,
                                            occurredAt,
                                            null,
                                            location);
                        },
                        origin,
                        PunchReceipt.class);
        return Answer.confirmed(
                name() + "_confirmed",
                Map.of(
                        "id", receipt.sessionId(),
                        "timestamp", payload.text("timestamp"),
                        "commandId", receipt.commandId(),
                        "seq", receipt.seq()));
    }
}

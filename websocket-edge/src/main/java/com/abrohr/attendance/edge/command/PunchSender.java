package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.edge.bridge.WireTime;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;

import java.time.Instant;
import java.util.Map;

/** A punch as clients write it, alone or in a batch: sent, and answered in their words. */
final class PunchSender {

    private static final String CLAIMED_TIME = "timestamp";

    private final CommandSender commands;

    PunchSender(CommandSender commands) {
        this.commands = commands;
    }

    /**
     * @return the fields of the confirmation
     * @throws Refusal with its field as the client wrote it
     */
    Map<String, Object> send(
            PunchType type, boolean offline, PayloadReader payload, EventOrigin origin) {
        String company = origin.caller().companyId();
        String employee = EmployeeInQuestion.of(payload, origin);
        Instant occurredAt = payload.instant(CLAIMED_TIME);
        Location location = payload.optionalLocation("location");
        if (offline && !payload.has("commandId")) {
            throw payload.fault("commandId", "is required for an offline punch");
        }
        String id = CommandSender.commandId(payload);
        var command =
                switch (type) {
                    case IN ->
                            new PunchIn(company, employee, id, occurredAt, null, location, offline);
                    case OUT ->
                            new PunchOut(
                                    company, employee, id, occurredAt, null, location, offline);
                };
        try {
            PunchReceipt receipt = commands.send(command, origin, PunchReceipt.class);
            return Map.of(
                    "id", receipt.sessionId(),
                    "timestamp", payload.text(CLAIMED_TIME),
                    "countedAt", WireTime.of(receipt.countedAt()),
                    "commandId", receipt.commandId(),
                    "seq", receipt.seq());
        } catch (Refusal refusal) {
            throw asWritten(refusal, payload);
        }
    }

    private static Refusal asWritten(Refusal refusal, PayloadReader payload) {
        String field = refusal.field();
        if (field == null) {
            return refusal;
        }
        return refusal.named(payload.named(field.equals("occurredAt") ? CLAIMED_TIME : field));
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.edge.bridge.WireTime;
import com.abrohr.attendance.edge.command.PayloadReader.Element;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;

import tools.jackson.databind.JsonNode;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Punches, as clients send them: one at a time, or several that were kept for later. */
final class PunchEvents {
    private static final String OCCURRED_AT = "timestamp";
    private static final String NOT_TRIED =
            "not tried, because an earlier punch has no known outcome; repeat both";

    private final CommandSender commands;

    PunchEvents(CommandSender commands) {
        this.commands = commands;
    }

    /** punch_in and punch_out. */
    ClientEvent of(PunchType type, String confirmation) {
        return (origin, arguments) -> {
            PayloadReader payload =
                    PayloadReader.of(
                            arguments,
                            "employeeId",
                            "timestamp",
                            "location",
                            "commandId",
                            "offline");
            return new EventResult(
                    send(type, payload.flag("offline", false), payload, origin), confirmation);
        };
    }

    /** punch_batch: punches that were kept for later, carried out in their order. */
    EventResult batch(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload = PayloadReader.of(arguments, "items", "offline");
        boolean offline = payload.requiredFlag("offline");
        List<Map<String, Object>> results = new ArrayList<>();
        boolean stopped = false;
        for (Element item : payload.elements("items", Punch.MOST_IN_A_BATCH)) {
            try {
                if (stopped) {
                    throw new Refusal(RefusalCode.UNAVAILABLE, NOT_TRIED);
                }
                results.add(stored(item, offline, origin));
            } catch (Refusal refusal) {
                results.add(
                        Map.of(
                                "ok",
                                false,
                                "error",
                                ClientEvents.error(refusal, List.of(item.value()), origin)));
                // What follows a punch of unknown outcome could be stored before it.
                stopped = refusal.code() == RefusalCode.UNAVAILABLE;
            }
        }
        return new EventResult(Map.of("items", results), "punch_batch_confirmed");
    }

    private Map<String, Object> stored(Element item, boolean offline, EventOrigin origin) {
        PayloadReader punch =
                item.object("type", "employeeId", "timestamp", "location", "commandId");
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("ok", true);
        result.putAll(send(type(punch), offline, punch, origin));
        return result;
    }

    private static PunchType type(PayloadReader punch) {
        return switch (punch.text("type")) {
            case "in", "IN" -> PunchType.IN;
            case "out", "OUT" -> PunchType.OUT;
            default -> throw punch.fault("type", "must be in or out");
        };
    }

    /**
     * @return the fields of the confirmation
     * @throws Refusal with its field as the client wrote it
     */
    private Map<String, Object> send(
            PunchType type, boolean offline, PayloadReader payload, EventOrigin origin) {
        String company = origin.caller().companyId();
        String employee = origin.targetEmployee(payload);
        Instant occurredAt = payload.instant(OCCURRED_AT);
        Location location = payload.optionalLocation("location");
        if (offline && !payload.has("commandId")) {
            throw payload.fault("commandId", "is required for an offline punch");
        }
        String id = payload.commandId();
        EmployeeCommand command =
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
                    "timestamp", payload.text(OCCURRED_AT),
                    "countedAt", WireTime.of(receipt.countedAt()),
                    "commandId", receipt.commandId(),
                    "seq", receipt.seq());
        } catch (Refusal refusal) {
            String field = refusal.field();
            throw field == null
                    ? refusal
                    : refusal.named(
                            payload.named(field.equals("occurredAt") ? OCCURRED_AT : field));
        }
    }
}

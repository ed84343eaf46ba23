package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchType;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The events that become commands, by name. */
public final class ClientEvents {
    private final Map<String, ClientEvent> byName;

    public ClientEvents(CommandGateway gateway) {
        CommandSender commands = new CommandSender(gateway);
        PunchEvents punches = new PunchEvents(commands);
        LeaveEvents leave = new LeaveEvents(commands);
        byName =
                Map.of(
                        "punch_in", punches.of(PunchType.IN, "punch_in_confirmed"),
                        "punch_out", punches.of(PunchType.OUT, "punch_out_confirmed"),
                        "punch_batch", punches::batch,
                        "attendance_update", new CorrectionEvents(commands)::correct,
                        "leave_request", leave::request,
                        "leave_approve", leave::decide,
                        "leave_withdraw", leave::withdraw);
    }

    /**
     * Handles a client's event.
     *
     * @throws Refusal UNKNOWN_EVENT for a name that is none of ours
     */
    public EventResult handle(String name, EventOrigin origin, List<JsonNode> arguments) {
        ClientEvent event = byName.get(name);
        if (event == null) {
            throw new Refusal(RefusalCode.UNKNOWN_EVENT, "there is no event of this name");
        }
        return event.handle(origin, arguments);
    }

    /** For a command that may or may not have been stored. */
    public static Refusal outcomeUnknown() {
        return new Refusal(
                RefusalCode.UNAVAILABLE, "the outcome is unknown; repeat with the same commandId");
    }

    /** The error fields of an event, or of a part of it, that was refused. */
    public static Map<String, Object> error(
            Refusal refusal, List<JsonNode> arguments, EventOrigin origin) {
        Map<String, Object> error = refusalFields(refusal);
        String commandId = commandIdOf(arguments);
        if (commandId != null) {
            error.put("commandId", commandId);
        }
        error.put("correlationId", origin.correlationId());
        return error;
    }

    /** Code, message, the field at fault, and the details of the refusal. */
    public static Map<String, Object> refusalFields(Refusal refusal) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("code", refusal.code().name());
        fields.put("message", refusal.reason());
        if (refusal.field() != null) {
            fields.put("field", refusal.field());
        }
        fields.putAll(refusal.details());
        return fields;
    }

    /**
     * The commandId that a refused event carried, so that its sender can tell which of its events
     * was refused.
     */
    private static @Nullable String commandIdOf(List<JsonNode> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().isObject()) {
            return null;
        }
        JsonNode commandId = arguments.getFirst().get("commandId");
        return commandId != null && commandId.isString() && commandId.stringValue().length() <= 128
                ? commandId.stringValue()
                : null;
    }
}

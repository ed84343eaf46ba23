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
import java.util.function.Function;
import java.util.stream.Collectors;

/** The events that become commands, by name. */
public final class ClientEvents {

    private final Map<String, ClientEvent> byName;

    public ClientEvents(CommandGateway gateway) {
        CommandSender commands = new CommandSender(gateway);
        PunchSender punches = new PunchSender(commands);
        byName =
                List.of(
                                new PunchEvent(PunchType.IN, punches),
                                new PunchEvent(PunchType.OUT, punches),
                                new PunchBatchEvent(punches),
                                new CorrectionEvent(commands),
                                new LeaveRequestEvent(commands),
                                new LeaveDecisionEvent(commands),
                                new LeaveWithdrawalEvent(commands))
                        .stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        ClientEvent::name, Function.identity()));
    }

    /**
     * @throws Refusal UNKNOWN_EVENT for a name that is none of ours
     */
    public Answer handle(String name, EventOrigin origin, List<JsonNode> arguments) {
        ClientEvent event = byName.get(name);
        if (event == null) {
            throw new Refusal(RefusalCode.UNKNOWN_EVENT, "there is no event of this name");
        }
        return event.handle(origin, arguments);
    }

    /** What a client is told of its event, or of a part of it, that was refused. */
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

    /** What was wrong with which field, and what else the refusal says. */
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

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.edge.command.PayloadReader.Element;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.attendance.PunchType;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** punch_batch: punches that were kept for later, carried out in their order. */
final class PunchBatchEvent implements ClientEvent {

    private static final Refusal NOT_TRIED =
            new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "not tried, because an earlier punch has no known outcome; repeat both");

    private final PunchSender punches;

    PunchBatchEvent(PunchSender punches) {
        this.punches = punches;
    }

    @Override
    public String name() {
        return "punch_batch";
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload = PayloadReader.of(arguments, "items", "offline");
        boolean offline = payload.neededFlag("offline");
        List<Map<String, Object>> answers = new ArrayList<>();
        boolean stopped = false;
        for (Element item : payload.elements("items", Punch.MOST_IN_A_BATCH)) {
            try {
                if (stopped) {
                    throw NOT_TRIED;
                }
                answers.add(stored(item, offline, origin));
            } catch (Refusal refusal) {
                answers.add(refused(item, refusal, origin));
                // What follows a punch of unknown outcome would make time run past it.
                stopped = refusal.code() == RefusalCode.UNAVAILABLE;
            }
        }
        return Answer.confirmed("punch_batch_confirmed", Map.of("items", answers));
    }

    private Map<String, Object> stored(Element item, boolean offline, EventOrigin origin) {
        PayloadReader punch =
                item.object("type", "employeeId", "timestamp", "location", "commandId");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("ok", true);
        answer.putAll(punches.send(type(punch), offline, punch, origin));
        return answer;
    }

    private static PunchType type(PayloadReader punch) {
        return switch (punch.text("type")) {
            case "in", "IN" -> PunchType.IN;
            case "out", "OUT" -> PunchType.OUT;
            default -> throw punch.fault("type", "must be in or out");
        };
    }

    private static Map<String, Object> refused(Element item, Refusal refusal, EventOrigin origin) {
        return Map.of(
                "ok", false, "error", ClientEvents.error(refusal, List.of(item.value()), origin));
    }
}

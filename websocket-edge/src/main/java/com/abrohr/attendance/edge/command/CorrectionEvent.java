package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.WorkSessionId;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** attendance_update from a manager: a correction requested and decided in one. */
final class CorrectionEvent implements ClientEvent {

    private final CommandSender commands;

    CorrectionEvent(CommandSender commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "attendance_update";
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(
                        arguments,
                        "attendanceId",
                        "employeeId",
                        "punchInTime",
                        "punchOutTime",
                        "reason",
                        "commandId");
        WorkSessionId session =
                WorkSessionId.parse(payload.text("attendanceId"))
                        .orElseThrow(CorrectionEvent::unknownSession);
        String employee = payload.optionalText("employeeId");
        if (employee != null && !employee.equals(session.employeeId())) {
            throw unknownSession();
        }
        CorrectionReceipt receipt =
                commands.send(
                        new CorrectWorkSession(
                                origin.caller().companyId(),
                                session.employeeId(),
                                CommandSender.commandId(payload),
                                session.toString(),
                                payload.optionalInstant("punchInTime"),
                                payload.optionalInstant("punchOutTime"),
                                payload.optionalText("reason")),
                        origin,
                        CorrectionReceipt.class);
        return Answer.acknowledged(
                Map.of(
                        "id", receipt.sessionId(),
                        "commandId", receipt.commandId(),
                        "seq", receipt.seq()));
    }

    private static Refusal unknownSession() {
        return new Refusal(RefusalCode.NOT_FOUND, "attendanceId", "no such work session");
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.WorkSessionId;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** Corrections, as clients send them. */
final class CorrectionEvents {
    private final CommandSender commands;

    CorrectionEvents(CommandSender commands) {
        this.commands = commands;
    }

    /** attendance_update from a manager: a correction requested and decided in one. */
    EventResult correct(EventOrigin origin, List<JsonNode> arguments) {
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
                        .orElseThrow(CorrectionEvents::unknownSession);
        String employee = payload.optionalText("employeeId");
        if (employee != null && !employee.equals(session.employeeId())) {
            throw unknownSession();
        }
        CorrectionReceipt receipt =
                commands.send(
                        new CorrectWorkSession(
                                origin.caller().companyId(),
                                session.employeeId(),
                                payload.commandId(),
                                session.toString(),
                                payload.optionalInstant("punchInTime"),
                                payload.optionalInstant("punchOutTime"),
                                payload.optionalText("reason")),
                        origin,
                        CorrectionReceipt.class);
        return new EventResult(
                Map.of(
                        "id", receipt.sessionId(),
                        "commandId", receipt.commandId(),
                        "seq", receipt.seq()),
                null);
    }

    private static Refusal unknownSession() {
        return new Refusal(RefusalCode.NOT_FOUND, "attendanceId", "no such work session");
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.SubmitLeave;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** leave_request. */
final class LeaveRequestEvent implements ClientEvent {

    private final CommandSender commands;

    LeaveRequestEvent(CommandSender commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "leave_request";
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(
                        arguments,
                        "employeeId",
                        "leaveType",
                        "startDate",
                        "endDate",
                        "reason",
                        "commandId");
        LeaveReceipt receipt =
                commands.send(
                        new SubmitLeave(
                                origin.caller().companyId(),
                                EmployeeInQuestion.of(payload, origin),
                                CommandSender.commandId(payload),
                                payload.text("leaveType"),
                                payload.date("startDate"),
                                payload.date("endDate"),
                                payload.optionalText("reason")),
                        origin,
                        LeaveReceipt.class);
        return LeaveAnswer.of(receipt);
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Leave requests and decisions, as clients send them. */
final class LeaveEvents {
    private final CommandSender commands;

    LeaveEvents(CommandSender commands) {
        this.commands = commands;
    }

    /** leave_request. */
    EventResult request(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(
                        arguments,
                        "employeeId",
                        "leaveType",
                        "startDate",
                        "endDate",
                        "reason",
                        "commandId");
        return send(
                new SubmitLeave(
                        origin.caller().companyId(),
                        origin.targetEmployee(payload),
                        payload.commandId(),
                        payload.text("leaveType"),
                        payload.date("startDate"),
                        payload.date("endDate"),
                        payload.optionalText("reason")),
                origin);
    }

    /** leave_approve, which also rejects. */
    EventResult decide(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(arguments, "id", "approved", "comment", "commandId");
        LeaveRequestId id = id(payload);
        String company = origin.caller().companyId();
        String commandId = payload.commandId();
        String comment = payload.optionalText("comment");
        return send(
                payload.flag("approved", true)
                        ? new ApproveLeave(
                                company, id.employeeId(), commandId, id.toString(), comment)
                        : new RejectLeave(
                                company, id.employeeId(), commandId, id.toString(), comment),
                origin);
    }

    /** leave_withdraw. */
    EventResult withdraw(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload = PayloadReader.of(arguments, "id", "commandId");
        LeaveRequestId id = id(payload);
        return send(
                new WithdrawLeave(
                        origin.caller().companyId(),
                        id.employeeId(),
                        payload.commandId(),
                        id.toString()),
                origin);
    }

    private EventResult send(EmployeeCommand command, EventOrigin origin) {
        LeaveReceipt receipt = commands.send(command, origin, LeaveReceipt.class);
        return new EventResult(
                Map.of(
                        "id", receipt.leaveId(),
                        "status", receipt.status().name().toLowerCase(Locale.ROOT),
                        "commandId", receipt.commandId(),
                        "seq", receipt.seq()),
                null);
    }

    private static LeaveRequestId id(PayloadReader payload) {
        return LeaveRequestId.parse(payload.text("id"))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        RefusalCode.UNKNOWN_LEAVE, "id", "no such leave request"));
    }
}

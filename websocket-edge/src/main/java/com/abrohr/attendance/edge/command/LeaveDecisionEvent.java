package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.RejectLeave;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** leave_approve, which also rejects. */
final class LeaveDecisionEvent implements ClientEvent {

    private final CommandSender commands;

    LeaveDecisionEvent(CommandSender commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "leave_approve";
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload =
                PayloadReader.of(arguments, "id", "approved", "comment", "commandId");
        LeaveRequestId id = LeaveAnswer.idIn(payload);
        String company = origin.caller().companyId();
        String commandId = CommandSender.commandId(payload);
        @Nullable String comment = payload.optionalText("comment");
        LeaveReceipt receipt =
                commands.send(
                        payload.flag("approved", true)
                                ? new ApproveLeave(
                                        company, id.employeeId(), commandId, id.toString(), comment)
                                : new RejectLeave(
                                        company,
                                        id.employeeId(),
                                        commandId,
                                        id.toString(),
                                        comment),
                        origin,
                        LeaveReceipt.class);
        return LeaveAnswer.of(receipt);
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import tools.jackson.databind.JsonNode;

import java.util.List;

/** leave_withdraw. */
final class LeaveWithdrawalEvent implements ClientEvent {

    private final CommandSender commands;

    LeaveWithdrawalEvent(CommandSender commands) {
        this.commands = commands;
    }

    @Override
    public String name() {
        return "leave_withdraw";
    }

    @Override
    public Answer handle(EventOrigin origin, List<JsonNode> arguments) {
        PayloadReader payload = PayloadReader.of(arguments, "id", "commandId");
        LeaveRequestId id = LeaveAnswer.idIn(payload);
        return LeaveAnswer.of(
                commands.send(
                        new WithdrawLeave(
                                origin.caller().companyId(),
                                id.employeeId(),
                                CommandSender.commandId(payload),
                                id.toString()),
                        origin,
                        LeaveReceipt.class));
    }
}

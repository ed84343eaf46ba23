package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRequestId;

import java.util.Locale;
import java.util.Map;

final class LeaveAnswer {

    private LeaveAnswer() {}

    static Answer of(LeaveReceipt receipt) {
        return Answer.acknowledged(
                Map.of(
                        "id", receipt.leaveId(),
                        "status", receipt.status().name().toLowerCase(Locale.ROOT),
                        "commandId", receipt.commandId(),
                        "seq", receipt.seq()));
    }

    /**
     * @throws Refusal UNKNOWN_LEAVE for whatever is no id of a leave request
     */
    static LeaveRequestId idIn(PayloadReader payload) {
        return LeaveRequestId.parse(payload.text("id"))
                .orElseThrow(
                        () ->
                                new Refusal(
                                        RefusalCode.UNKNOWN_LEAVE, "id", "no such leave request"));
    }
}

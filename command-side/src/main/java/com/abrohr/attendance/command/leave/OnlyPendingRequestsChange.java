package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.leave.LeaveStatus;

/** A request is approved, rejected or withdrawn once, while it is pending. */
record OnlyPendingRequestsChange(LeaveRequests requests) {
    /**
     * @return the request that is pending
     * @throws Refusal UNKNOWN_LEAVE, ILLEGAL_TRANSITION
     */
    LeaveRequests.Entry check(String leaveId) {
        LeaveRequests.Entry request = mustExist(leaveId);
        LeaveStatus status = request.status();
        if (status != LeaveStatus.PENDING) {
            throw new Refusal(RefusalCode.ILLEGAL_TRANSITION, "This request is " + status);
        }
        return request;
    }

    /**
     * @throws Refusal UNKNOWN_LEAVE
     */
    LeaveRequests.Entry mustExist(String leaveId) {
        LeaveRequests.Entry entry = requests.find(leaveId);
        if (entry == null) {
            throw new Refusal(RefusalCode.UNKNOWN_LEAVE, "No such leave request");
        }
        return entry;
    }
}

package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

/** No day is asked for twice while a request for it is pending or approved. */
record LeavesDoNotOverlap(LeaveRequests requests) {
    /**
     * @throws Refusal OVERLAP
     */
    void check(LeaveDays asked) {
        for (LeaveRequests.Entry entry : requests.all()) {
            boolean holdsItsDays =
                    switch (entry.status()) {
                        case PENDING, APPROVED -> true;
                        case REJECTED, WITHDRAWN -> false;
                    };
            if (holdsItsDays && entry.days().shareADayWith(asked)) {
                throw new Refusal(
                        RefusalCode.OVERLAP,
                        "startDate",
                        "Another request covers one of these days");
            }
        }
    }
}

package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

/** Nobody approves or corrects what is their own. */
public record NoSelfApproval(String actorId) {
    /**
     * @throws Refusal SELF_APPROVAL
     */
    public void check(String employeeId) {
        if (actorId.equals(employeeId)) {
            throw new Refusal(
                    RefusalCode.SELF_APPROVAL, "Somebody else has to decide about this person");
        }
    }
}

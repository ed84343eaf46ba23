package com.abrohr.attendance.command.decision;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

/** Who asks and who decides are two people. */
public record NobodyDecidesOnThemself(String actorId) {

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

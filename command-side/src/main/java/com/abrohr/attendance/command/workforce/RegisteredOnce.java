package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;

import org.jspecify.annotations.Nullable;

import java.util.Objects;

/**
 * An employee is registered once. Saying the same again changes nothing; saying something else is
 * refused, except about somebody whom the product itself enrolled from a token and of whom nothing
 * but the id is known: then it is the first real registration.
 *
 * @param known what is registered; null before anything is
 * @param enrolledFromToken whether the product itself registered it
 */
record RegisteredOnce(@Nullable EmployeeRegistered known, boolean enrolledFromToken) {
    /**
     * @return whether this registration says anything new
     * @throws Refusal ILLEGAL_TRANSITION
     */
    boolean isNews(EmployeeRegistered wanted) {
        if (known == null) {
            return true;
        }
        if (sameFacts(known, wanted)) {
            return false;
        }
        if (enrolledFromToken) {
            return true;
        }
        throw new Refusal(
                RefusalCode.ILLEGAL_TRANSITION, "This employee is registered with other facts");
    }

    private static boolean sameFacts(EmployeeRegistered known, EmployeeRegistered wanted) {
        return Objects.equals(known.displayName(), wanted.displayName())
                && Objects.equals(known.departmentId(), wanted.departmentId())
                && Objects.equals(known.siteId(), wanted.siteId())
                && known.zoneId().equals(wanted.zoneId());
    }
}

package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * A punch that counts when it happened never counts before what counted already; the same instant
 * is allowed. Its time is refused rather than moved: it is what somebody says they did.
 *
 * @param lastCounted null before the first punch
 */
record TimeRunsForward(@Nullable Instant lastCounted) {

    /**
     * @throws Refusal OVERLAP
     */
    void check(String field, Instant occurredAt) {
        if (lastCounted != null && occurredAt.isBefore(lastCounted)) {
            throw new Refusal(
                    RefusalCode.OVERLAP, field, "A later punch of this person counts already");
        }
    }
}

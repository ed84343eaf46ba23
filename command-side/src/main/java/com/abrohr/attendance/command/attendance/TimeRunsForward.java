package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * An offline punch never counts before a punch that counts already; the same instant is allowed. It
 * is refused rather than moved, because its time is a statement of a person.
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

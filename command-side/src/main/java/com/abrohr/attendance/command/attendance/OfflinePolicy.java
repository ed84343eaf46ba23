package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.engine.Circumstances;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/**
 * How far back an offline punch may reach. Whoever may act for others answers for older ones.
 *
 * @param lookBack before the receipt, and still within it
 */
record OfflinePolicy(Duration lookBack) {
    private static final Set<Role> WHOEVER_ANSWERS_FOR_OLDER =
            EnumSet.of(Role.HR, Role.INTEGRATION);

    /**
     * @throws Refusal TOO_OLD
     */
    void check(String field, Instant occurredAt, Circumstances now) {
        // Compared as durations: an instant minus a very long look-back would overflow.
        boolean within = Duration.between(occurredAt, now.receivedAt()).compareTo(lookBack) <= 0;
        if (!within && !WHOEVER_ANSWERS_FOR_OLDER.contains(now.actorRole())) {
            throw new Refusal(
                    RefusalCode.TOO_OLD,
                    field,
                    "An offline punch may be " + words() + " old; HR can enter an older one");
        }
    }

    private String words() {
        return lookBack.toHours() > 0 && lookBack.equals(Duration.ofHours(lookBack.toHours()))
                ? lookBack.toHours() + " hours"
                : lookBack.toSeconds() + " seconds";
    }
}

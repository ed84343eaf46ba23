package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/** A time that a client claims may be ahead of the server's clock by a small error only. */
public record NotFromTheFuture(Instant receivedAt) {
    static final Duration TOLERANCE = Duration.ofMinutes(2);

    /**
     * @throws Refusal FUTURE_TIME
     */
    public void check(String field, @Nullable Instant claimed) {
        if (claimed != null && claimed.isAfter(receivedAt.plus(TOLERANCE))) {
            throw new Refusal(
                    RefusalCode.FUTURE_TIME, field, "This time is more than 2 minutes ahead");
        }
    }
}

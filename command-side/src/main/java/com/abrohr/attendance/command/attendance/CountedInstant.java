package com.abrohr.attendance.command.attendance;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * The instant that counts for an online punch: the server's receipt, except that a clock's error
 * between two nodes never makes an employee's time run backwards.
 */
record CountedInstant(Instant receivedAt) {
    Instant notBefore(@Nullable Instant lastCounted) {
        return lastCounted != null && lastCounted.isAfter(receivedAt) ? lastCounted : receivedAt;
    }
}

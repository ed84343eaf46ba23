package com.abrohr.attendance.messages;

import org.jspecify.annotations.Nullable;

/**
 * @param limit 1 to {@value #MAX_LIMIT}
 * @param cursor opaque, from {@link Page#nextCursor()}; null for the first page
 */
public record PageRequest(int limit, @Nullable String cursor) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;

    public PageRequest {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw Refusal.invalid("limit", "limit must be between 1 and " + MAX_LIMIT);
        }
    }
}

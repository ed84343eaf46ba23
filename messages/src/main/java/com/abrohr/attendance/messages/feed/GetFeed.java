package com.abrohr.attendance.messages.feed;

import org.jspecify.annotations.Nullable;

/**
 * The entries after a number, oldest first, read from the log; answered with a {@link FeedPage}.
 *
 * @param limit 1 to 1000
 * @param employeeId only entries about this employee; null for all of the company
 */
public record GetFeed(String companyId, long afterSeq, int limit, @Nullable String employeeId) {}

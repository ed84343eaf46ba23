package com.abrohr.attendance.messages.feed;

/**
 * The entries after a number, oldest first; answered with a {@link FeedBatch}.
 *
 * @param limit 1 to 1000
 */
public record GetFeed(String companyId, long afterSeq, int limit) {}

package com.abrohr.attendance.messages.feed;

/**
 * Subscription query: initial result {@link FeedPosition}, updates {@link FeedBatch}. One per
 * company and node.
 */
public record WatchLiveFeed(String companyId) {}

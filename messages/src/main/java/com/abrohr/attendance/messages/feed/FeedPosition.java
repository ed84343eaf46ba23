package com.abrohr.attendance.messages.feed;

/**
 * @param epoch changes when numbers can no longer be compared with those given before, as after a
 *     restore
 * @param seq the last number given; 0 before the first
 */
public record FeedPosition(String epoch, long seq) {}

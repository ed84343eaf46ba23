package com.abrohr.attendance.messages.feed;

/**
 * What a board that stood at an earlier number needs to be up to date.
 *
 * @param position where it stands then
 */
public record BoardChanges(FeedPosition position, BoardDelta delta) {}

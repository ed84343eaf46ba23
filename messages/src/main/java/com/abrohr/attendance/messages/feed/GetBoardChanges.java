package com.abrohr.attendance.messages.feed;

/**
 * How the live board of a watched company differs from what it was at a number; answered with
 * {@link BoardChanges}.
 *
 * @param afterSeq a number that the company has given
 */
public record GetBoardChanges(String companyId, long afterSeq) {}

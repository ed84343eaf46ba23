package com.abrohr.attendance.messages.feed;

import java.time.Instant;

/**
 * One event of a company's log as its live feed.
 *
 * @param seq the company's number of the event: 1, 2, 3 … without gaps within the company
 * @param employeeId whom the entry is about: besides the managers only this employee may get it
 */
public record FeedEntry(
        String companyId, long seq, String employeeId, Instant recordedAt, FeedUpdate update) {}

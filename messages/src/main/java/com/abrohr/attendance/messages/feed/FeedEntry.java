package com.abrohr.attendance.messages.feed;

import com.abrohr.attendance.messages.attendance.PresenceView;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/**
 * One numbered entry of a company's live feed.
 *
 * @param seq 1, 2, 3 … without gaps within the company
 * @param managersPrev the seq of the entry that managers had before this one; 0 for none
 * @param employeePrev the seq of the entry that this employee had before this one; 0 for none
 * @param employeeId whom the entry is about: besides the managers only this employee may hear it
 * @param presence the employee's tile after this entry; null when it did not change
 */
public record FeedEntry(
        String companyId,
        long seq,
        long managersPrev,
        long employeePrev,
        String employeeId,
        Instant recordedAt,
        FeedUpdate update,
        @Nullable PresenceView presence) {}

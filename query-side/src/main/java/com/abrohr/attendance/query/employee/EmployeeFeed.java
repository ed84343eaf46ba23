package com.abrohr.attendance.query.employee;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.livefeed.EarlierFacts;
import com.abrohr.attendance.query.livefeed.FeedMapping;

import org.jspecify.annotations.Nullable;

/** What events about the people of a company say in the live feed. */
public final class EmployeeFeed implements FeedMapping {
    @Override
    public @Nullable FeedUpdate update(RecordedEvent recorded, EarlierFacts earlier) {
        if (!(recorded.event() instanceof WorkforceEvent event)) {
            return null;
        }
        return switch (event) {
            case EmployeeRegistered _ -> new FeedUpdate.EmployeeJoined();
        };
    }

    @Override
    public @Nullable BoardActivity activity(FeedEntry entry, String displayName) {
        return entry.update() instanceof FeedUpdate.EmployeeJoined
                ? FeedMapping.line(entry, "EMPLOYEE_JOINED", displayName, entry.recordedAt(), null)
                : null;
    }
}

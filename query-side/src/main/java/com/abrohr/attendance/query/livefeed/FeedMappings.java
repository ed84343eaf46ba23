package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.query.eventlog.RecordedEvent;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/** The mappings of all features, of which each event has at most one. */
public final class FeedMappings {
    private final List<FeedMapping> all;

    public FeedMappings(List<FeedMapping> all) {
        this.all = List.copyOf(all);
    }

    FeedUpdate update(RecordedEvent event, EarlierFacts earlier) {
        FeedUpdate update = first(mapping -> mapping.update(event, earlier));
        return update == null ? new FeedUpdate.Unannounced() : update;
    }

    @Nullable BoardActivity activity(FeedEntry entry, String displayName) {
        return first(mapping -> mapping.activity(entry, displayName));
    }

    @Nullable Object item(FeedEntry entry) {
        return first(mapping -> mapping.item(entry));
    }

    <T> @Nullable T first(Function<FeedMapping, @Nullable T> answer) {
        for (FeedMapping mapping : all) {
            T found = answer.apply(mapping);
            if (found != null) {
                return found;
            }
        }
        return null;
    }
}

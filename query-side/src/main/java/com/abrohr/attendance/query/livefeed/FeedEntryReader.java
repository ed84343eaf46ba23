package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.eventlog.StreamId;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Optional;
import java.util.function.BiFunction;

/** Makes entries of the feed of rows of the log. To be called within a snapshot of the company. */
final class FeedEntryReader {
    private static final Logger log = LoggerFactory.getLogger(FeedEntryReader.class);
    private static final int MAX_EARLIER = 1_000;

    private final FeedLog feedLog;
    private final FeedMappings mappings;

    FeedEntryReader(FeedLog feedLog, FeedMappings mappings) {
        this.feedLog = feedLog;
        this.mappings = mappings;
    }

    /** What an event says; nothing, where it cannot be read. */
    FeedEntry entry(LogRow row) {
        return new FeedEntry(
                row.companyId(), row.seq(), row.employeeId(), row.recordedAt(), update(row));
    }

    private FeedUpdate update(LogRow row) {
        Optional<StreamId> stream = StreamId.parse(row.message().getAggregateIdentifier());
        if (stream.isEmpty()) {
            return new FeedUpdate.Unannounced();
        }
        try {
            return mappings.update(
                    RecordedEvent.read(row.message(), stream.get(), row.seq()), earlierFacts(row));
        } catch (RuntimeException e) {
            log.warn("event {} cannot be shown: {}", row.message().getIdentifier(), e.toString());
            return new FeedUpdate.Unannounced();
        }
    }

    private EarlierFacts earlierFacts(LogRow row) {
        return new EarlierFacts(
                id -> newest(row, (mapping, event) -> mapping.sessionStart(event, id)),
                id -> newest(row, (mapping, event) -> mapping.leave(event, id)));
    }

    /** Looks for a fact in the events of the stream before this one, newest first. */
    private <T> @Nullable T newest(
            LogRow row, BiFunction<FeedMapping, DomainEvent, @Nullable T> fact) {
        for (LogRow earlier : feedLog.earlierInStream(row.message(), MAX_EARLIER)) {
            if (earlier.message().getPayload() instanceof DomainEvent event) {
                T found = mappings.first(mapping -> fact.apply(mapping, event));
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }
}

package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.TrackedDomainEventData;
import org.axonframework.eventhandling.TrackedEventData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;

import javax.sql.DataSource;

/**
 * Appends through the writer of this node and waits for its commit; one append is one command. Its
 * tokens have no gaps, because the indexes have none and become visible in their order.
 */
final class GroupCommitEventStorageEngine extends LogStorageEngine {
    private final GroupCommitWriter writer;
    private final AppendFactory appends;

    GroupCommitEventStorageEngine(
            DataSource dataSource,
            Serializer serializer,
            EventUpcaster upcasters,
            EventStoreSettings settings,
            GroupCommitWriter writer) {
        super(reading(dataSource, serializer, upcasters, settings.readBatch()));
        this.writer = writer;
        this.appends = new AppendFactory(settings.maxAppendSize().toBytes());
    }

    @Override
    protected void appendEvents(List<? extends EventMessage<?>> events, Serializer serializer) {
        if (events.isEmpty()) {
            return;
        }
        StoredAt at = writer.append(appends.create(events, serializer));
        CurrentUnitOfWork.ifStarted(at::keepIn);
    }

    @Override
    protected TrackedEventData<?> getTrackedEventData(
            ResultSet row, @Nullable GapAwareTrackingToken previous) throws SQLException {
        if (previous != null && previous.hasGaps()) {
            // such a token was left behind by an engine that leaves gaps
            return super.getTrackedEventData(row, previous);
        }
        return new TrackedDomainEventData<>(
                GapAwareTrackingToken.newInstance(row.getLong("global_index"), Set.of()),
                LoggedEvent.of(row));
    }
}

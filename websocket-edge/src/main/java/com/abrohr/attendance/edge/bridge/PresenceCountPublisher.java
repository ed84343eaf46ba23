package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.OutboundEvent;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.feed.CountPresence;
import com.abrohr.attendance.messages.feed.PresenceCounts;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Publishes the presence counts of a board that has changed, once a second at most. Only the newest
 * matter, so they are conflated for clients that read slowly.
 */
final class PresenceCountPublisher {
    private static final Logger log = LoggerFactory.getLogger(PresenceCountPublisher.class);
    private static final String EVENT = "dashboard_counts";

    private final BoundedQueries queries;
    private final Rooms rooms;
    private final Executor executor;
    private final ScheduledExecutorService timer;
    private final Set<String> due = ConcurrentHashMap.newKeySet();

    PresenceCountPublisher(
            BoundedQueries queries,
            Rooms rooms,
            Executor executor,
            ScheduledExecutorService timer) {
        this.queries = queries;
        this.rooms = rooms;
        this.executor = executor;
        this.timer = timer;
    }

    /** A board that some socket shows has changed. */
    void changed(String companyId) {
        if (!due.add(companyId)) {
            return;
        }
        try {
            var _ = timer.schedule(() -> publish(companyId), 1, TimeUnit.SECONDS);
        } catch (RuntimeException | Error e) {
            due.remove(companyId);
            throw e;
        }
    }

    private void publish(String companyId) {
        // Before the counts are read: a change from now on is counted in a second.
        due.remove(companyId);
        executor.execute(() -> send(companyId));
    }

    private void send(String companyId) {
        String dashboard = RoomNames.dashboard(companyId);
        if (rooms.isEmpty(dashboard)) {
            return;
        }
        try {
            PresenceCounts counts = queries.ask(new CountPresence(companyId), PresenceCounts.class);
            rooms.broadcastVolatile(
                    dashboard, EVENT, OutboundEvent.event(EVENT, DashboardPayloads.counts(counts)));
        } catch (RuntimeException e) {
            log.warn("the board cannot be counted now: {}", e.toString());
        }
    }
}

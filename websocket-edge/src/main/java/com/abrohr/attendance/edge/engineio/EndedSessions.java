package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Why the sessions that ended last did so, for polling clients, which learn it by their next
 * request.
 */
final class EndedSessions {
    private static final int MAX_ENTRIES = 1_000;

    private final Map<String, Ended> entries =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Ended> eldest) {
                    return size() > MAX_ENTRIES;
                }
            };

    /**
     * @param finalPollPending see {@link LongPolling#finalPollPending}
     */
    synchronized void add(String id, CloseReason reason, AtomicBoolean finalPollPending) {
        entries.put(id, new Ended(reason, finalPollPending));
    }

    /** Null when the session never was, or ended too long ago. */
    synchronized @Nullable CloseReason reason(String id) {
        Ended ended = entries.get(id);
        return ended == null ? null : ended.reason;
    }

    /**
     * Whether a poll is still to be answered with a noop: the client sent its close and a poll at
     * once, and the close came first. True once.
     */
    synchronized boolean takeFinalPoll(String id) {
        Ended ended = entries.get(id);
        return ended != null && ended.finalPollPending.compareAndSet(true, false);
    }

    private record Ended(CloseReason reason, AtomicBoolean finalPollPending) {}
}

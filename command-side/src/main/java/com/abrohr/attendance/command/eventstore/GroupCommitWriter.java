package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.NotStored;
import com.abrohr.attendance.command.eventstore.AppendResult.Stored;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Stores the events of all commands of this node, one commit for as many as wait. Nobody is
 * answered before the commit; one thread, one connection.
 */
public final class GroupCommitWriter implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(GroupCommitWriter.class);

    /** How often a database that took no writes is asked whether it does again. */
    private static final Duration WRITE_TRIAL_INTERVAL = Duration.ofSeconds(1);

    private static final Duration FOREVER = Duration.ofDays(1);

    private final EventStoreSettings settings;
    private final Clock clock;
    private final LogSignal signal;
    private final CommittedEvents committedEvents;
    private final AppendQueue queue;
    private final LogSessions sessions;
    private final BatchStore store;
    private final Thread thread;
    private int batchRows;
    private volatile boolean writable = true;
    private volatile @Nullable Instant lastCommit;

    public GroupCommitWriter(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal,
            CommittedEvents committedEvents) {
        this.settings = settings;
        this.clock = clock;
        this.signal = signal;
        this.committedEvents = committedEvents;
        this.queue = new AppendQueue(settings.queueRows(), settings.queueSize().toBytes());
        this.sessions = new LogSessions(connections);
        this.store = new BatchStore(sessions, new Outcome());
        this.batchRows = settings.batchRows();
        this.thread =
                Thread.ofPlatform().name("event-log-writer").daemon().unstarted(this::runWriter);
    }

    public void start() {
        thread.start();
    }

    /**
     * Stores the events of one command and returns once they are durable.
     *
     * @throws org.axonframework.modelling.command.ConcurrencyException when the aggregate has newer
     *     events
     * @throws DuplicateCommand when the log holds events of the command already
     * @throws AppendRejected when the events can never be stored
     * @throws LogUnavailable when nothing was stored because the log takes no appends now
     * @throws AppendOutcomeUnknown when it cannot be said in time whether they are stored
     */
    StoredAt append(PendingAppend append) {
        if (!queue.offer(append)) {
            throw new LogUnavailable("Too many appends wait for the log", null);
        }
        return append.await(settings.appendTimeout());
    }

    /** Whether the writer's thread runs; it never comes back. */
    boolean isRunning() {
        return thread.isAlive();
    }

    /** Whether the writer has a connection on which its last work succeeded. */
    boolean isConnected() {
        return sessions.isConnected();
    }

    /** Whether the database took the last write. */
    boolean isWritable() {
        return writable;
    }

    /**
     * Whether a PostgreSQL backend serves this writer, by which its notifications are told from
     * those of other nodes.
     */
    public boolean isItsBackend(int pid) {
        return pid == sessions.backendPid();
    }

    /** When the last commit of this node was confirmed. */
    Optional<Instant> lastCommit() {
        return Optional.ofNullable(lastCommit);
    }

    private void runWriter() {
        try {
            while (!queue.isDrained() && sessions.connect() != null) {
                List<PendingAppend> batch =
                        queue.take(
                                batchRows,
                                settings.batchSize().toBytes(),
                                writable ? FOREVER : WRITE_TRIAL_INTERVAL);
                if (!batch.isEmpty()) {
                    store(batch);
                } else if (!writable) {
                    probeWrites();
                }
            }
        } catch (InterruptedException e) {
            log.warn("The writer of the event log was interrupted", e);
            Thread.currentThread().interrupt();
        } finally {
            sessions.disconnect();
            queue.close();
            rejectWaiting();
        }
    }

    private void store(List<PendingAppend> batch) throws InterruptedException {
        boolean completed = false;
        try {
            store.store(batch);
            completed = true;
        } finally {
            if (!completed) {
                batch.forEach(PendingAppend::mayBeStored);
                batch.forEach(append -> append.reject("The writer of the log has failed"));
            }
        }
    }

    /** Commands do not come to a node that is not ready, so it finds out by itself. */
    private void probeWrites() throws InterruptedException {
        LogSession session = sessions.connect();
        if (session == null) {
            return;
        }
        try {
            session.probeWrites();
            setWritable(true);
        } catch (SQLException | RuntimeException e) {
            if (LogFailure.of(e) == LogFailure.CONNECTION_LOST) {
                sessions.disconnect();
            }
        }
    }

    private void setWritable(boolean now) {
        if (writable != now) {
            log.info("The database takes {} events", now ? "again" : "no");
            writable = now;
        }
    }

    private final class Outcome implements BatchStore.Outcome {
        @Override
        public void committed(Map<PendingAppend, AppendResult> answers) {
            lastCommit = clock.instant();
            batchRows = Math.min(settings.batchRows(), batchRows * 2);
            answers.forEach(PendingAppend::answer);
            Map<PendingAppend, StoredAt> stored = new LinkedHashMap<>();
            long lastIndex = 0;
            for (Map.Entry<PendingAppend, AppendResult> entry : answers.entrySet()) {
                if (entry.getValue() instanceof Stored(StoredAt at)) {
                    stored.put(entry.getKey(), at);
                    lastIndex = Math.max(lastIndex, at.lastIndex());
                }
            }
            if (!stored.isEmpty()) {
                setWritable(true);
                committedEvents.committed(stored);
                signal.committedUpTo(lastIndex);
            }
        }

        @Override
        public void retry(List<PendingAppend> batch) {
            batchRows = Math.max(1, batchRows / 2);
            queue.putBack(batch.stream().filter(PendingAppend::release).toList());
        }

        @Override
        public void readOnly(List<PendingAppend> batch, Exception failure) {
            log.error("The database takes no events", failure);
            setWritable(false);
            NotStored answer = new NotStored("The database takes no events", failure);
            batch.forEach(append -> append.answer(answer));
        }
    }

    private void rejectWaiting() {
        try {
            while (!queue.isDrained()) {
                queue.take(Integer.MAX_VALUE, Long.MAX_VALUE, Duration.ZERO)
                        .forEach(append -> append.reject("The log is closing"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more appends, stores those that wait, and ends; at most ten seconds. */
    @Override
    public void close() {
        queue.close();
        sessions.close();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package com.abrohr.attendance.command.eventlog;

import com.abrohr.attendance.command.eventlog.AppendAnswer.NotStored;
import com.abrohr.attendance.command.eventlog.AppendAnswer.Overtaken;
import com.abrohr.attendance.command.eventlog.AppendAnswer.Repeated;
import com.abrohr.attendance.command.eventlog.AppendAnswer.Stored;
import com.abrohr.attendance.command.eventlog.AppendAnswer.Unfit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Stores the events of all commands of this node, one commit for as many as wait. Nobody is
 * answered before the commit; a commit whose reply is lost is looked up before anybody is answered.
 *
 * <p>One thread, one connection. An append that cannot be stored never takes its batch-mates with
 * it: a batch that the database refuses is halved until the culprit stands alone.
 */
public final class GroupCommitWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitWriter.class);

    private static final long LONGEST_PAUSE_MILLIS = 1_000;

    private final DedicatedConnections connections;
    private final EventStoreSettings settings;
    private final Clock clock;
    private final LogSignal signal;
    private final CommittedEvents committedEvents;
    private final AppendQueue queue;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;
    private @Nullable LogSession session;
    private int batchRows;
    private volatile boolean connected;
    private volatile int backendPid;
    private volatile @Nullable Instant lastCommit;

    public GroupCommitWriter(
            DedicatedConnections connections,
            EventStoreSettings settings,
            Clock clock,
            LogSignal signal,
            CommittedEvents committedEvents) {
        this.connections = connections;
        this.settings = settings;
        this.clock = clock;
        this.signal = signal;
        this.committedEvents = committedEvents;
        this.queue = new AppendQueue(settings.queueRows(), settings.queueSize().toBytes());
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

    /** Whether the writer runs and has a connection on which its last work succeeded. */
    boolean isAlive() {
        return connected && thread.isAlive();
    }

    /**
     * Whether a PostgreSQL backend serves this writer, by which its notifications are told from
     * those of other nodes.
     */
    public boolean isItsBackend(int pid) {
        return pid == backendPid;
    }

    /** When the last commit of this node was confirmed. */
    Optional<Instant> lastCommit() {
        return Optional.ofNullable(lastCommit);
    }

    private void runWriter() {
        try {
            while (true) {
                LogSession current = connect();
                if (current == null) {
                    break;
                }
                List<PendingAppend> batch = queue.take(batchRows, settings.batchSize().toBytes());
                if (batch.isEmpty()) {
                    break;
                }
                store(batch);
            }
        } catch (InterruptedException e) {
            LOG.warn("The writer of the event log was interrupted", e);
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
            queue.close();
            turnAwayTheRest();
        }
    }

    /** Answers the session, opening one if need be; null when the writer is closing instead. */
    private @Nullable LogSession connect() throws InterruptedException {
        long pause = 50;
        while (session == null) {
            try {
                LogSession opened = LogSession.open(connections);
                session = opened;
                backendPid = opened.backendPid();
                connected = true;
            } catch (SQLException | RuntimeException e) {
                LOG.warn("The writer of the event log has no connection: {}", e.toString());
                if (closing.await(pause, TimeUnit.MILLISECONDS)) {
                    return null;
                }
                pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
            }
        }
        return session;
    }

    private void disconnect() {
        connected = false;
        LogSession dead = session;
        session = null;
        if (dead != null) {
            dead.close();
        }
    }

    private void store(List<PendingAppend> batch) throws InterruptedException {
        LogSession current = session;
        if (current == null) {
            giveBack(batch);
            return;
        }
        Map<PendingAppend, AppendAnswer> answers;
        try {
            answers = current.write(batch);
        } catch (SQLException | RuntimeException e) {
            writeFailed(batch, e);
            return;
        }
        try {
            current.commit();
        } catch (SQLException e) {
            commitFailed(answers, e);
            return;
        }
        committed(answers);
    }

    private void committed(Map<PendingAppend, AppendAnswer> answers) {
        lastCommit = clock.instant();
        batchRows = Math.min(settings.batchRows(), batchRows * 2);
        answers.forEach(PendingAppend::answer);
        Map<PendingAppend, StoredAt> stored = new LinkedHashMap<>();
        answers.forEach(
                (append, answer) -> {
                    if (answer instanceof Stored(StoredAt at)) {
                        stored.put(append, at);
                    }
                });
        committedEvents.committed(stored);
        stored.values().stream()
                .mapToLong(StoredAt::lastIndex)
                .max()
                .ifPresent(signal::committedUpTo);
    }

    /** Nothing of the batch is stored, and that is certain: COMMIT was never sent. */
    private void writeFailed(List<PendingAppend> batch, Exception failure)
            throws InterruptedException {
        LogFailure kind = LogFailure.of(failure);
        if (kind == LogFailure.CONNECTION_LOST) {
            disconnect();
        } else {
            rollback();
        }
        switch (kind) {
            case CONNECTION_LOST, PASSING -> {
                LOG.warn("{} appends are tried again: {}", batch.size(), failure.toString());
                batchRows = Math.max(1, batchRows / 2);
                giveBack(batch);
            }
            case DATA -> {
                if (batch.size() == 1) {
                    PendingAppend culprit = batch.getFirst();
                    culprit.answer(reasonAgainst(culprit, failure));
                } else {
                    int half = batch.size() / 2;
                    store(batch.subList(0, half));
                    store(batch.subList(half, batch.size()));
                }
            }
            case CLOSED_TO_WRITES -> {
                LOG.error("The database takes no events", failure);
                NotStored answer = new NotStored("The database takes no events", failure);
                batch.forEach(append -> append.answer(answer));
            }
        }
    }

    /** What the checks before the insert did not see: another kind of writer, or a bad value. */
    private static AppendAnswer reasonAgainst(PendingAppend append, Exception failure) {
        LOG.warn("One command's events are not taken: {}", failure.toString());
        LogConstraint violated = LogConstraint.violatedBy(failure);
        EventRow first = append.rows().getFirst();
        return switch (violated) {
            case SEQUENCE ->
                    new Overtaken(first.aggregateId(), first.sequence() - 1, first.sequence());
            case COMMAND -> new Repeated(append.command());
            case INDEX ->
                    new NotStored("Somebody writes to the log without taking its lock", failure);
            case EVENT -> new Unfit("An event of the same id is stored", failure);
            case null -> new Unfit("The database does not take these events", failure);
        };
    }

    private void commitFailed(Map<PendingAppend, AppendAnswer> answers, SQLException failure)
            throws InterruptedException {
        if (LogFailure.of(failure) == LogFailure.CONNECTION_LOST) {
            LOG.warn("The reply to a COMMIT is lost, its events are looked up: {}", failure + "");
            disconnect();
            settle(answers);
            return;
        }
        LOG.error("The database refused a COMMIT", failure);
        rollback();
        NotStored answer = new NotStored("The database refused the commit", failure);
        answers.keySet().forEach(append -> append.answer(answer));
    }

    /**
     * Finds out what became of a batch; its transaction stored all that was accepted or nothing.
     */
    private void settle(Map<PendingAppend, AppendAnswer> answers) throws InterruptedException {
        List<PendingAppend> accepted =
                answers.entrySet().stream()
                        .filter(entry -> entry.getValue() instanceof Stored)
                        .map(Map.Entry::getKey)
                        .toList();
        LogSession current = connect();
        while (current != null) {
            try {
                Map<PendingAppend, Stored> found = current.lookUp(accepted);
                if (accepted.isEmpty() || !found.isEmpty()) {
                    answers.putAll(found);
                    committed(answers);
                } else {
                    giveBack(List.copyOf(answers.keySet()));
                }
                return;
            } catch (SQLException | RuntimeException e) {
                LOG.warn("The look-up of a lost COMMIT is tried again: {}", e.toString());
                disconnect();
                current = connect();
            }
        }
    }

    private void rollback() {
        LogSession current = session;
        if (current != null) {
            try {
                current.rollback();
            } catch (SQLException e) {
                LOG.debug("A connection that could not roll back is dropped", e);
                disconnect();
            }
        }
    }

    private void giveBack(List<PendingAppend> batch) {
        queue.putBack(batch.stream().filter(PendingAppend::giveBack).toList());
    }

    private void turnAwayTheRest() {
        NotStored answer = new NotStored("The log is closing", null);
        try {
            List<PendingAppend> rest = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE);
            while (!rest.isEmpty()) {
                rest.forEach(append -> append.answer(answer));
                rest = queue.take(Integer.MAX_VALUE, Long.MAX_VALUE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes no more appends, stores those that wait, and ends; at most ten seconds. */
    @Override
    public void close() {
        queue.close();
        closing.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(10));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

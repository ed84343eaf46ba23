package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.command.eventstore.AppendResult.NotStored;
import com.abrohr.attendance.command.eventstore.AppendResult.OutcomeUnknown;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** The events of one command on their way into the log, and the caller who waits for them. */
final class PendingAppend {
    private enum State {
        /** Nothing was sent to the database: a caller that leaves knows that nothing is stored. */
        WAITING,
        /** The writer works on it: a caller that leaves does not know the outcome. */
        TAKEN,
        /** The caller has left. */
        ABANDONED
    }

    private final CommandKey command;
    private final List<EventRow> rows;
    private final @Nullable StreamVersion unchanged;
    private final int size;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<AppendResult> answer = new CompletableFuture<>();
    private volatile boolean mayBeStored;

    /**
     * @param rows at least one, steps from 0
     */
    PendingAppend(CommandKey command, List<EventRow> rows) {
        this(command, rows, null);
    }

    /**
     * @param unchanged a stream that must have nothing newer when the rows are stored
     */
    PendingAppend(CommandKey command, List<EventRow> rows, @Nullable StreamVersion unchanged) {
        this.command = command;
        this.rows = List.copyOf(rows);
        this.unchanged = unchanged;
        this.size = rows.stream().mapToInt(EventRow::size).sum();
    }

    CommandKey command() {
        return command;
    }

    List<EventRow> rows() {
        return rows;
    }

    @Nullable StreamVersion unchanged() {
        return unchanged;
    }

    /** Bytes of payloads and metadata. */
    int size() {
        return size;
    }

    /** Called by the writer before anything is sent; false when the caller has left. */
    boolean take() {
        return state.compareAndSet(State.WAITING, State.TAKEN) || state.get() == State.TAKEN;
    }

    /** Called by the writer when nothing was stored; false when nobody waits any more. */
    boolean release() {
        return mayBeStored
                ? state.get() == State.TAKEN
                : state.compareAndSet(State.TAKEN, State.WAITING);
    }

    /** From now on nobody can be sure that the events are not, or will not be, stored. */
    void mayBeStored() {
        mayBeStored = true;
    }

    void answer(AppendResult given) {
        answer.complete(given);
    }

    /** Answers what is known of an append that the writer does not try (again). */
    void reject(String reason) {
        answer(mayBeStored ? new OutcomeUnknown(reason) : new NotStored(reason, null));
    }

    /**
     * Waits for the answer.
     *
     * @throws AppendOutcomeUnknown when none came in time and the events may be stored all the same
     * @throws LogUnavailable when none came in time and nothing was, or will be, stored
     */
    StoredAt await(Duration timeout) {
        try {
            return answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS).get();
        } catch (TimeoutException e) {
            return leave("within " + timeout.toMillis() + " ms");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return leave("before the wait was interrupted");
        } catch (ExecutionException e) {
            throw new IllegalStateException("An answer is never exceptional", e);
        }
    }

    private StoredAt leave(String when) {
        if (state.compareAndSet(State.WAITING, State.ABANDONED)) {
            throw new LogUnavailable("The log took no events " + when, null);
        }
        AppendResult late = answer.getNow(null);
        if (late != null) {
            return late.get();
        }
        state.set(State.ABANDONED);
        throw new AppendOutcomeUnknown("The log gave no answer " + when, null);
    }
}

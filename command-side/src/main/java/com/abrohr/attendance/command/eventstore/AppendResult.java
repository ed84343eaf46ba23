package com.abrohr.attendance.command.eventstore;

import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** What became of one append; turned into an exception on the thread that waits for it. */
sealed interface AppendResult {
    /**
     * Answers where the events are.
     *
     * @throws RuntimeException the reason why nothing was stored
     */
    StoredAt get();

    record Stored(StoredAt at) implements AppendResult {
        @Override
        public StoredAt get() {
            return at;
        }
    }

    record Conflict(String aggregateId, long expected, long actual) implements AppendResult {
        @Override
        public StoredAt get() {
            throw new ConcurrencyException(
                    "The newest event of "
                            + aggregateId
                            + " has sequence "
                            + actual
                            + ", not "
                            + expected);
        }
    }

    record Duplicate(CommandKey command) implements AppendResult {
        @Override
        public StoredAt get() {
            throw new DuplicateCommand();
        }
    }

    record Rejected(String reason, @Nullable Throwable cause) implements AppendResult {
        @Override
        public StoredAt get() {
            throw new AppendRejected(reason, cause);
        }
    }

    /** The writer ends before it could find out. */
    record OutcomeUnknown(String reason) implements AppendResult {
        @Override
        public StoredAt get() {
            throw new AppendOutcomeUnknown(reason, null);
        }
    }

    record NotStored(String reason, @Nullable Throwable cause) implements AppendResult {
        @Override
        public StoredAt get() {
            throw new LogUnavailable(reason, cause);
        }
    }
}

package com.abrohr.attendance.command.eventlog;

import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** What became of one append; turned into an exception on the thread that waits for it. */
sealed interface AppendAnswer {

    /**
     * Answers where the events are.
     *
     * @throws RuntimeException the reason why nothing was stored
     */
    StoredAt get();

    record Stored(StoredAt at) implements AppendAnswer {
        @Override
        public StoredAt get() {
            return at;
        }
    }

    record Overtaken(String aggregateId, long expected, long actual) implements AppendAnswer {
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

    record Repeated(CommandKey command) implements AppendAnswer {
        @Override
        public StoredAt get() {
            throw new DuplicateCommand(
                    command.companyId(), command.employeeId(), command.commandId());
        }
    }

    record Unfit(String reason, @Nullable Throwable cause) implements AppendAnswer {
        @Override
        public StoredAt get() {
            throw new AppendRejected(reason, cause);
        }
    }

    /** The writer ends before it could find out. */
    record Unknown(String reason) implements AppendAnswer {
        @Override
        public StoredAt get() {
            throw new AppendOutcomeUnknown(reason, null);
        }
    }

    record NotStored(String reason, @Nullable Throwable cause) implements AppendAnswer {
        @Override
        public StoredAt get() {
            throw new LogUnavailable(reason, cause);
        }
    }
}

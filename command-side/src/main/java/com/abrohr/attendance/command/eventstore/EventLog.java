package com.abrohr.attendance.command.eventstore;

import java.util.Optional;

/**
 * What the log says about a command or an aggregate, read past every cache. Each call is one query
 * on a pooled connection.
 *
 * @see DuplicateCommand
 */
public interface EventLog {
    /**
     * Answers what was stored for a command, however long ago and on whichever node.
     *
     * @throws LogUnavailable when the database cannot be read
     */
    Optional<StoredCommand> findCommand(String companyId, String employeeId, String commandId);

    /**
     * Answers for an aggregate and a command from one snapshot of the log.
     *
     * @throws LogUnavailable when the database cannot be read
     */
    LogCheck check(String aggregateId, String companyId, String employeeId, String commandId);

    /**
     * Answers the sequence of the first event of a stream's newest part.
     *
     * @throws LogUnavailable when the database cannot be read
     */
    long firstSequence(String aggregateId, StreamTail tail);
}

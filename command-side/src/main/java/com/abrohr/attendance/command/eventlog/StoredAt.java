package com.abrohr.attendance.command.eventlog;

import org.axonframework.messaging.unitofwork.UnitOfWork;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the log keeps the events of one command.
 *
 * @param firstIndex place of the command's first event in the order of the whole log; the others
 *     follow it without a gap
 * @param recordedAt when the database kept them, its clock
 */
public record StoredAt(long firstIndex, Instant recordedAt) {

    private static final String RESOURCE = StoredAt.class.getName();

    /**
     * Answers where the events of a unit of work went; empty before the append, when there was
     * none, and with the stock engine.
     */
    public static Optional<StoredAt> in(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(RESOURCE));
    }

    void keepIn(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(RESOURCE, this);
    }
}

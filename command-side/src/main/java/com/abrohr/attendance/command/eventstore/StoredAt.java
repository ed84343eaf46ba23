package com.abrohr.attendance.command.eventstore;

import org.axonframework.messaging.unitofwork.UnitOfWork;

import java.time.Instant;
import java.util.Optional;

/**
 * Where the log keeps the events of one command: next to each other, in the whole log and in the
 * company's.
 *
 * @param firstIndex place of the command's first event in the order of the whole log
 * @param firstSeq the company's number of the command's first event
 * @param events how many the command stored, at least one
 * @param recordedAt when the database kept them, its clock
 */
public record StoredAt(long firstIndex, long firstSeq, int events, Instant recordedAt) {
    private static final String RESOURCE = StoredAt.class.getName();

    /** Answers where the events of a unit of work went; empty before the append or without one. */
    public static Optional<StoredAt> in(UnitOfWork<?> unitOfWork) {
        return Optional.ofNullable(unitOfWork.root().getResource(RESOURCE));
    }

    void keepIn(UnitOfWork<?> unitOfWork) {
        unitOfWork.root().resources().put(RESOURCE, this);
    }

    /** Place of the command's last event in the order of the whole log. */
    public long lastIndex() {
        return firstIndex + events - 1;
    }

    /** The company's number of the command's last event. */
    public long lastSeq() {
        return firstSeq + events - 1;
    }
}

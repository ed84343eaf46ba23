package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.StreamTail;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * What a feature hands to the command bus: a type of aggregate, and the commands that it decides.
 *
 * @param <T> the state of one aggregate, annotated for Axon
 */
public interface AggregateType<T> {

    Class<T> type();

    /** The state before the first event. */
    T initial();

    /** First part of the ids of its streams; they are stored, so it never changes. */
    String streamType();

    /** What a state takes of the heap without its id, by estimate. */
    int retainedBytes(T state);

    /** The part of a stream that makes the same state as the whole; null for the whole. */
    default @Nullable StreamTail tail() {
        return null;
    }

    List<CommandType<?>> commands();

    /** What its decisions are given besides the command, found by type. */
    default List<?> policies() {
        return List.of();
    }

    /**
     * Answers a command, the first time and every time.
     *
     * @param event the first event that the command stored
     * @param seq the company's number of the last event that the command stored
     */
    Receipt receipt(DomainEvent event, String commandId, long seq);

    /**
     * Answers a command that changes nothing.
     *
     * @param seq the company's number of the newest event of the stream
     */
    default Receipt unchanged(EmployeeCommand command, long seq) {
        throw new IllegalStateException(command.getClass() + " was decided without an event");
    }

    /** The id of the stream that decides a command. */
    default String streamOf(EmployeeCommand command) {
        return new StreamId(streamType(), command.companyId(), command.employeeId()).toString();
    }
}

package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.StreamTail;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What a feature hands to the command bus: a type of aggregate, and the commands that it decides.
 *
 * @param <T> the state of one aggregate, annotated for Axon
 */
public abstract class AggregateType<T> {
    private final Class<T> type;
    private final Supplier<T> initial;
    private final String streamType;
    private final ToIntFunction<T> retainedBytes;

    /**
     * @param initial makes the state before the first event
     * @param streamType first part of the ids of its streams; they are stored, so it never changes
     * @param retainedBytes what a state takes of the heap without its id, by estimate
     */
    protected AggregateType(
            Class<T> type, Supplier<T> initial, String streamType, ToIntFunction<T> retainedBytes) {
        this.type = type;
        this.initial = initial;
        this.streamType = streamType;
        this.retainedBytes = retainedBytes;
    }

    /** Everything that it decides. */
    public abstract List<CommandType<?>> commands();

    /**
     * Answers a command, the first time and every time.
     *
     * @param event the first event that the command stored
     * @param seq the company's number of the last event that the command stored
     */
    protected abstract Receipt receipt(DomainEvent event, String commandId, long seq);

    /**
     * Answers a command that changes nothing.
     *
     * @param seq the company's number of the newest event of the stream
     */
    protected Receipt unchanged(EmployeeCommand command, long seq) {
        throw new IllegalStateException(command.getClass() + " was decided without an event");
    }

    /** The part of a stream that makes the same state as the whole; null for the whole. */
    protected @Nullable StreamTail tail() {
        return null;
    }

    /** What its decisions are given besides the command, found by type. */
    protected List<?> policies() {
        return List.of();
    }

    public final Class<T> type() {
        return type;
    }

    /** The id of the stream of an employee. */
    public final String streamOf(String companyId, String employeeId) {
        return new StreamId(streamType, companyId, employeeId).toString();
    }

    final String streamOf(EmployeeCommand command) {
        return streamOf(command.companyId(), command.employeeId());
    }

    final T initial() {
        return initial.get();
    }

    final int retainedBytes(T state) {
        return retainedBytes.applyAsInt(state);
    }
}

package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.decision.StreamId;
import com.abrohr.attendance.messages.EmployeeCommand;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * A kind of aggregate, as its feature hands it to the command bus.
 *
 * @param blank makes the state before the first event
 * @param streamId names the stream by company and employee
 * @param retainedBytes what a state takes of the heap without its id, by estimate
 * @param policies what its decisions are given besides the command, by type
 */
public record AggregateKind<T>(
        Class<T> type,
        Supplier<T> blank,
        BiFunction<String, String, StreamId> streamId,
        ToIntFunction<T> retainedBytes,
        List<?> policies) {

    public AggregateKind {
        policies = List.copyOf(policies);
    }

    public AggregateKind(
            Class<T> type,
            Supplier<T> blank,
            BiFunction<String, String, StreamId> streamId,
            ToIntFunction<T> retainedBytes) {
        this(type, blank, streamId, retainedBytes, List.of());
    }

    /** The id of the stream that decides the command. */
    public String streamOf(EmployeeCommand command) {
        return streamId.apply(command.companyId(), command.employeeId()).toString();
    }
}

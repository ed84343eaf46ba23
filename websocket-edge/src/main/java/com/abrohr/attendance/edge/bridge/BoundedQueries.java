package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;

import org.axonframework.queryhandling.QueryGateway;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Sends queries with a time-out. Each runs on a thread of its own, because the query bus answers on
 * the thread that asks and would block it.
 */
final class BoundedQueries {
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final QueryGateway queries;
    private final Executor executor;
    private final Duration timeout;

    BoundedQueries(QueryGateway queries, Executor executor, Duration timeout) {
        this.queries = queries;
        this.executor = executor;
        this.timeout = timeout;
    }

    /**
     * @throws Refusal when the query is refused
     * @throws CompletionException when it fails or is not answered in time
     */
    <R> R ask(Object query, Class<R> answer) {
        return await(() -> queries.query(query, answer).join());
    }

    /** The same for a query that is sent in another way. */
    <R> R await(Supplier<R> answer) {
        try {
            return CompletableFuture.supplyAsync(answer, executor)
                    .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            throw e;
        }
    }
}

package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Where a REST request becomes a query: after the write that it wants to see, and tagged. */
final class ReadGate {

    static final String READ_AFTER = "X-Read-After";

    private static final Logger log = LoggerFactory.getLogger(ReadGate.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final QueryGateway queries;
    private final Consumer<Position> seenWrites;
    private final EntityTags tags;

    /**
     * @param seenWrites returns once the read models show the write, or refuses
     */
    ReadGate(QueryGateway queries, Consumer<Position> seenWrites, EntityTags tags) {
        this.queries = queries;
        this.seenWrites = seenWrites;
        this.tags = tags;
    }

    private record Listed(List<?> items, @Nullable String nextCursor) {}

    /** One page of a list. */
    @SuppressWarnings("unchecked")
    <T> ResponseEntity<Page<T>> page(HttpServletRequest request, Caller caller, Object query) {
        awaitWrite(request, caller);
        Page<T> page = ask(query, Page.class);
        return tagged(caller, page, new Listed(page.items(), page.nextCursor()));
    }

    /**
     * Waits until the write that the request names is shown. A position that the caller cannot have
     * been given is no position.
     *
     * @throws Refusal INVALID, UNAVAILABLE
     */
    void awaitWrite(HttpServletRequest request, Caller caller) {
        String text = request.getHeader(READ_AFTER);
        if (text != null) {
            seenWrites.accept(
                    Position.parse(text)
                            .filter(write -> write.companyId().equals(caller.companyId()))
                            .filter(
                                    write ->
                                            caller.role().readsCompany()
                                                    || caller.is(write.employeeId()))
                            .orElseThrow(
                                    () ->
                                            Refusal.invalid(
                                                    READ_AFTER,
                                                    READ_AFTER
                                                            + " takes the position of a write that"
                                                            + " you were told of")));
        }
    }

    /**
     * @param content what the tag is made from
     */
    <T> ResponseEntity<T> tagged(Caller caller, T body, Object content) {
        return ResponseEntity.ok()
                .eTag(tags.of(caller, content))
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION)
                .body(body);
    }

    /**
     * @throws Refusal what the query is refused with; UNAVAILABLE when it is not answered
     */
    <T> T ask(Object query, Class<T> answer) {
        try {
            return queries.query(query, ResponseTypes.instanceOf(answer))
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            log.warn("{} was not answered", query.getClass().getSimpleName(), e);
            throw new Refusal(RefusalCode.UNAVAILABLE, "the read models cannot be read now");
        }
    }
}

package com.abrohr.attendance.query.read;

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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Asks the queries of REST requests, after the write that a request wants to see, and adds the
 * entity tag of the answer.
 */
public final class ReadGate {
    static final String READ_AFTER = "X-Read-After";

    private static final Logger log = LoggerFactory.getLogger(ReadGate.class);

    private final QueryGateway queries;
    private final Consumer<Position> readYourWrites;
    private final EntityTags tags;
    private final Duration timeout;

    /**
     * @param readYourWrites returns once the read models show the write, or refuses
     * @param timeout how long a query may take
     */
    public ReadGate(
            QueryGateway queries,
            Consumer<Position> readYourWrites,
            JsonMapper json,
            Duration timeout) {
        this.queries = queries;
        this.readYourWrites = readYourWrites;
        this.tags = new EntityTags(json);
        this.timeout = timeout;
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
    public void awaitWrite(HttpServletRequest request, Caller caller) {
        String text = request.getHeader(READ_AFTER);
        if (text != null) {
            readYourWrites.accept(
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
    private <T> ResponseEntity<T> tagged(Caller caller, T body, Object content) {
        return tagged(tags.of(caller, tags.written(content))).body(body);
    }

    /** An answer whose tag is made from the whole body, which is therefore serialized once. */
    public ResponseEntity<byte[]> tagged(Caller caller, Object body) {
        byte[] written = tags.written(body);
        return tagged(tags.of(caller, written))
                .contentType(MediaType.APPLICATION_JSON)
                .body(written);
    }

    private static ResponseEntity.BodyBuilder tagged(String tag) {
        return ResponseEntity.ok()
                .eTag(tag)
                .cacheControl(CacheControl.noCache().cachePrivate())
                .varyBy(HttpHeaders.AUTHORIZATION);
    }

    /**
     * @throws Refusal what the query is refused with; UNAVAILABLE when it is not answered
     */
    public <T> T ask(Object query, Class<T> answer) {
        // Axon's query bus answers on the calling thread, so no time-out of its future can fire.
        FutureTask<T> asking =
                new FutureTask<>(
                        () -> queries.query(query, ResponseTypes.instanceOf(answer)).join());
        Thread.ofVirtual().name("query").start(asking);
        try {
            return asking.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            Throwable failure = e.getCause();
            if (failure instanceof CompletionException wrapped && wrapped.getCause() != null) {
                failure = wrapped.getCause();
            }
            if (failure instanceof Refusal refusal) {
                throw refusal;
            }
            throw unanswered(query, failure);
        } catch (TimeoutException e) {
            throw unanswered(query, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unanswered(query, e);
        } finally {
            asking.cancel(true);
        }
    }

    private static Refusal unanswered(Object query, @Nullable Throwable failure) {
        log.warn("{} was not answered", query.getClass().getSimpleName(), failure);
        return new Refusal(RefusalCode.UNAVAILABLE, "the read models cannot be read now");
    }
}

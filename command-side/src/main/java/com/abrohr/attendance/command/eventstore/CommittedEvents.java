package com.abrohr.attendance.command.eventstore;

import org.axonframework.common.Registration;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.SubscribableMessageSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * What the writer of this node committed, in the order of the log, from memory: one list per batch,
 * each event as {@link org.axonframework.eventhandling.GenericTrackedDomainEventMessage} and as a
 * reader of the log would get it. Subscribers are called by one thread, after the callers of the
 * batch were answered.
 *
 * <p>It never blocks the writer. While more waits than the bound allows, batches are dropped as a
 * whole; a subscriber sees the gap in the numbers and reads the log.
 */
public final class CommittedEvents
        implements SubscribableMessageSource<EventMessage<?>>, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(CommittedEvents.class);

    private final long maxBytes;
    private final List<Consumer<List<? extends EventMessage<?>>>> subscribers =
            new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<CommittedBatch> waiting = new ArrayDeque<>();
    private final Thread thread;
    private long bytes;
    private boolean closed;

    /** Logged once, not for each batch. */
    private boolean dropping;

    /**
     * @param maxBytes of payloads and metadata that may wait for the subscribers
     */
    CommittedEvents(long maxBytes) {
        this.maxBytes = maxBytes;
        this.thread =
                Thread.ofPlatform().name("committed-events").daemon().unstarted(this::deliver);
    }

    public void start() {
        thread.start();
    }

    /** Whether the delivering thread runs; it never comes back. */
    boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public Registration subscribe(Consumer<List<? extends EventMessage<?>>> subscriber) {
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    /** Called by the writer; it never waits, and does nothing where nobody subscribed. */
    void committed(Map<PendingAppend, StoredAt> stored) {
        if (stored.isEmpty() || subscribers.isEmpty()) {
            return;
        }
        CommittedBatch batch = new CommittedBatch(stored);
        lock.lock();
        try {
            boolean full = !waiting.isEmpty() && bytes + batch.size() > maxBytes;
            if (full != dropping) {
                dropping = full;
                log.info("Committed batches are {}", full ? "dropped" : "delivered again");
            }
            if (closed || full) {
                return;
            }
            waiting.addLast(batch);
            bytes += batch.size();
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void deliver() {
        try {
            for (CommittedBatch batch = take(); batch != null; batch = take()) {
                deliver(batch.messages());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void deliver(List<? extends EventMessage<?>> events) {
        for (Consumer<List<? extends EventMessage<?>>> subscriber : subscribers) {
            try {
                subscriber.accept(events);
            } catch (RuntimeException e) {
                log.warn("A subscriber of committed events failed", e);
            }
        }
    }

    /** Null once it is closed and everything was taken. */
    private CommittedBatch take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            CommittedBatch next = waiting.pollFirst();
            if (next != null) {
                bytes -= next.size();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more batches, delivers those that wait, and ends; at most five seconds. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

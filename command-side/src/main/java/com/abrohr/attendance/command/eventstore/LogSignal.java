package com.abrohr.attendance.command.eventstore;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Signals to the readers of this node that the log has grown. A signal is a hint: each reader reads
 * the log for itself, and a signal that comes twice does no harm.
 */
public final class LogSignal {
    private static final Logger log = LoggerFactory.getLogger(LogSignal.class);

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long announced;
    private volatile long version;

    /**
     * Signals that events up to an index are committed. An index that was signalled before wakes
     * nobody, so that the echo of a node's own notification costs nothing.
     */
    public void committedUpTo(long globalIndex) {
        lock.lock();
        try {
            if (globalIndex <= announced) {
                return;
            }
            announced = globalIndex;
            grow();
        } finally {
            lock.unlock();
        }
        notifySubscribers();
    }

    /** Wakes every reader, when notifications may have been missed. */
    public void wake() {
        lock.lock();
        try {
            grow();
        } finally {
            lock.unlock();
        }
        notifySubscribers();
    }

    private void grow() {
        version++;
        raised.signalAll();
    }

    private void notifySubscribers() {
        for (Subscription subscription : subscriptions) {
            try {
                subscription.callback.run();
            } catch (RuntimeException e) {
                log.debug("A reader of the log that is shutting down could not be woken", e);
            }
        }
    }

    /** Changes with every signal; read it before the log, and compare it afterwards. */
    long version() {
        return version;
    }

    /** Waits until the version is no longer the one seen, at most the given time. */
    void awaitNewerThan(long seen, long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = nanos;
            while (version == seen && left > 0) {
                left = raised.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Runs the callback on every signal, on the thread that gives it, until it is closed. */
    Subscription subscribe(Runnable callback) {
        Subscription subscription = new Subscription(callback);
        subscriptions.add(subscription);
        return subscription;
    }

    /** Answers how many readers listen. */
    int subscribers() {
        return subscriptions.size();
    }

    final class Subscription implements AutoCloseable {
        private final Runnable callback;

        private Subscription(Runnable callback) {
            this.callback = callback;
        }

        @Override
        public void close() {
            subscriptions.remove(this);
        }
    }
}

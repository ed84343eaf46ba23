package com.abrohr.attendance.command.eventlog;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tells the readers of this node that the log has grown. A signal is a hint: whoever hears it looks
 * for itself, and nothing is lost when one comes twice.
 */
public final class LogSignal {

    private static final Logger LOG = LoggerFactory.getLogger(LogSignal.class);

    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition raised = lock.newCondition();
    private long announced;
    private volatile long version;

    /**
     * Says that events up to an index are committed. An index that was said before wakes nobody,
     * which makes the echo of a node's own notification free.
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
        tellSubscribers();
    }

    /** Makes every reader look, for when nobody knows what was missed. */
    public void wake() {
        lock.lock();
        try {
            grow();
        } finally {
            lock.unlock();
        }
        tellSubscribers();
    }

    private void grow() {
        version++;
        raised.signalAll();
    }

    private void tellSubscribers() {
        for (Subscription subscription : subscriptions) {
            try {
                subscription.callback.run();
            } catch (RuntimeException e) {
                LOG.debug("A reader of the log that is shutting down could not be woken", e);
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

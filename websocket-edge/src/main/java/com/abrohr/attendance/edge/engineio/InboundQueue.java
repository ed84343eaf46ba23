package com.abrohr.attendance.edge.engineio;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * What one client has sent and is not handled yet: handled in order, on a virtual thread that
 * exists only while something waits. It is full when more bytes wait than it should hold; then no
 * more is read from the client until half of them are handled. Safe for use from any thread.
 */
final class InboundQueue {
    private static final Logger log = LoggerFactory.getLogger(InboundQueue.class);

    private static final Executor THREADS = task -> Thread.ofVirtual().name("socket").start(task);

    private static final long HANDLED_MILLIS = 250;

    /** What a message that waits costs beside its text. */
    private static final int MESSAGE_OVERHEAD = 128;

    private final ConnectionMemory memory;
    private final long maxBytes;
    private final Runnable awaitReader;
    private final Runnable onRoom;
    private final SerialExecutor tasks =
            new SerialExecutor(THREADS, failure -> log.warn("A socket's task failed", failure));
    private long bytes;
    private boolean full;
    private boolean closed;

    /**
     * @param awaitReader waits until the client has read enough of what was sent to it
     * @param onRoom called after the queue was full, before it takes more again
     */
    InboundQueue(ConnectionMemory memory, long maxBytes, Runnable awaitReader, Runnable onRoom) {
        this.memory = memory;
        this.maxBytes = maxBytes;
        this.awaitReader = awaitReader;
        this.onRoom = onRoom;
    }

    /**
     * Adds a message.
     *
     * @param length its bytes
     * @return false, and nothing added, when there is no memory for it
     */
    boolean offer(int length, Runnable work) {
        int size = length + MESSAGE_OVERHEAD;
        if (!memory.tryReserve(size)) {
            return false;
        }
        synchronized (this) {
            if (!closed) {
                bytes += size;
                full |= bytes > maxBytes;
                tasks.execute(() -> handle(size, work));
            }
        }
        return true;
    }

    private void handle(int size, Runnable work) {
        try {
            awaitReader.run();
            memory.withPermit(
                    () -> {
                        work.run();
                        return true;
                    });
        } finally {
            memory.free(size);
            handled(size);
        }
    }

    private void handled(int size) {
        boolean hasRoom;
        synchronized (this) {
            bytes = Math.max(0, bytes - size);
            hasRoom = full && bytes <= maxBytes / 2;
        }
        if (hasRoom) {
            onRoom.run();
            synchronized (this) {
                full = false;
                notifyAll();
            }
        }
    }

    /** Runs a task of the server in order with the messages; false when nothing runs any more. */
    synchronized boolean execute(Runnable task) {
        if (!closed) {
            tasks.execute(task);
        }
        return !closed;
    }

    synchronized boolean isFull() {
        return full;
    }

    /**
     * Waits a moment until what was added before is handled, so that a polling client finds the
     * responses to one payload together; then, while the queue is full, for as long as {@code max}.
     */
    void awaitHandled(Duration max) {
        CountDownLatch handled = new CountDownLatch(1);
        ConcurrencyLimiter.releaseCurrent();
        try {
            if (execute(handled::countDown)) {
                handled.await(HANDLED_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        awaitRoom(max);
    }

    /**
     * Waits while the queue is full: what the client sends meanwhile stays in the network. To be
     * called by the thread that reads from it.
     */
    void awaitRoom(Duration max) {
        if (!isFull()) {
            return;
        }
        ConcurrencyLimiter.releaseCurrent();
        long until = System.nanoTime() + max.toNanos();
        try {
            synchronized (this) {
                for (long left = max.toMillis(); full && left > 0; ) {
                    wait(left);
                    left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Takes nothing more.
     *
     * @param dropWaiting whether what was not begun is never handled
     * @param last runs when the rest is handled
     */
    synchronized void close(boolean dropWaiting, Runnable last) {
        if (closed) {
            return;
        }
        if (dropWaiting) {
            tasks.clear();
            bytes = 0;
        }
        tasks.execute(last);
        closed = true;
        full = false;
        notifyAll();
    }
}

package com.abrohr.attendance.app.database;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Starts a server again that ended by itself, as often as it takes, until it is closed; then stops
 * it in order.
 */
final class PostgresSupervisor implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(PostgresSupervisor.class);

    // Recovery after a crash takes as long as it takes while the server lives.
    private static final Duration RESTART_TIMEOUT = Duration.ofDays(1);
    private static final Duration ABSENCE_TIMEOUT = Duration.ofSeconds(3);
    private static final long ABSENCE_POLL_MILLIS = 100;

    private final PostgresServer server;
    private final ReentrantLock lifecycle = new ReentrantLock();
    private final RestartBackoff backoff = new RestartBackoff();
    private final Thread thread =
            Thread.ofPlatform().daemon().name("postgres-supervisor").unstarted(this::supervise);
    private volatile boolean closed;

    /**
     * @param server that runs
     */
    PostgresSupervisor(PostgresServer server) {
        this.server = server;
    }

    void start() {
        thread.start();
    }

    private void supervise() {
        try {
            while (!closed) {
                awaitEnd();
                restart();
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void awaitEnd() throws InterruptedException {
        Optional<ProcessHandle> process = server.process();
        if (process.isPresent()) {
            long since = System.nanoTime();
            try {
                process.get().onExit().get();
            } catch (ExecutionException e) {
                log.debug("PostgreSQL could not be waited for", e);
            }
            backoff.ranFor(Duration.ofNanos(System.nanoTime() - since));
        }
    }

    /** Tries until the server runs; logs one error, not one for each try. */
    private void restart() throws InterruptedException {
        if (closed) {
            return;
        }
        log.error("PostgreSQL ended by itself; starting it again");
        boolean failed = false;
        while (!closed) {
            Thread.sleep(backoff.next());
            try {
                tryToStart();
                log.info("PostgreSQL runs again");
                return;
            } catch (IOException | RuntimeException e) {
                if (!failed) {
                    log.error(
                            "PostgreSQL does not start; it is tried again at least every {} s: {}",
                            RestartBackoff.LONGEST.toSeconds(),
                            e.toString());
                }
                failed = true;
            }
        }
    }

    private void tryToStart() throws IOException, InterruptedException {
        lifecycle.lockInterruptibly();
        try {
            server.stop();
            server.unlock();
            try (var _ = new AbsenceWatch(Thread.currentThread(), server)) {
                server.start(RESTART_TIMEOUT);
            }
            boolean interrupted = Thread.interrupted();
            if (closed) {
                throw new InterruptedException();
            }
            if (interrupted || server.process().isEmpty()) {
                throw new IOException(
                        "it ended while it started, see "
                                + server.data().resolve("log")
                                + " for why");
            }
        } finally {
            lifecycle.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        lifecycle.lock();
        try {
            server.stop();
        } catch (IOException e) {
            log.warn("PostgreSQL did not stop in order", e);
        } finally {
            lifecycle.unlock();
        }
    }

    /** Interrupts a start whose server has ended: the library would wait for it all the same. */
    private static final class AbsenceWatch implements AutoCloseable {
        private final Thread starter;
        private final PostgresServer server;
        private final Thread thread;

        AbsenceWatch(Thread starter, PostgresServer server) {
            this.starter = starter;
            this.server = server;
            this.thread = Thread.ofVirtual().name("postgres-start-watch").start(this::watch);
        }

        private void watch() {
            long lastSeen = System.nanoTime();
            try {
                while (System.nanoTime() - lastSeen < ABSENCE_TIMEOUT.toNanos()) {
                    Thread.sleep(ABSENCE_POLL_MILLIS);
                    if (server.process().isPresent()) {
                        lastSeen = System.nanoTime();
                    }
                }
                starter.interrupt();
            } catch (InterruptedException e) {
                // Closed.
            }
        }

        @Override
        public void close() {
            thread.interrupt();
            boolean interrupted = Thread.interrupted();
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.RawSocket;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** One company: people who punch in turn, each on a socket, and a manager who listens. */
final class Workforce implements AutoCloseable {
    private static final String COMMAND_ID = "\"commandId\":\"";

    private final List<Person> people = new ArrayList<>();
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final Samples afterConfirmation = new Samples();
    private final RawSocket manager;
    private volatile long untiringUntil = Long.MIN_VALUE;
    private int turn;

    /** When one punch was sent, and where its two durations go. */
    private record Sent(
            long nanos,
            Samples confirmed,
            Samples notified,
            AtomicLong confirmedAt,
            AtomicInteger open) {}

    Workforce(AttendanceServer server, String company, int size) {
        manager =
                RawSocket.connect(
                        server.uri(""), server.tokens().manager(company, "m1"), this::notified);
        for (int i = 1; i <= size; i++) {
            people.add(new Person(server, company, "e" + i));
        }
    }

    /** Punches at a rate for a while and waits until each is confirmed and announced. */
    void punch(int rate, Duration duration, Samples confirmed, Samples notified) {
        var pace = new Pace(rate);
        long count = rate * duration.toSeconds();
        for (int i = 0; i < count; i++) {
            pace.awaitNext();
            people.get(turn++ % people.size()).punch(confirmed, notified);
        }
        awaitAnswers();
    }

    /**
     * Some people punch again as soon as the last punch is confirmed.
     *
     * @return punches confirmed a second
     */
    double punchUntiringly(int some, Duration duration) {
        var confirmed = new Samples();
        long start = System.nanoTime();
        untiringUntil = start + duration.toNanos();
        people.subList(0, some).forEach(person -> person.punch(confirmed, new Samples()));
        LockSupport.parkNanos(duration.toNanos());
        double perSecond = confirmed.count() * 1e9 / (System.nanoTime() - start);
        awaitAnswers();
        return perSecond;
    }

    /**
     * How much later than its sender's confirmation the manager heard of a punch; 0 for earlier.
     */
    Samples afterConfirmation() {
        return afterConfirmation;
    }

    private void awaitAnswers() {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!sent.isEmpty()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException(sent.size() + " punches were never heard of");
            }
            LockSupport.parkNanos(1_000_000);
        }
        if (refused.get() > 0) {
            throw new IllegalStateException(refused + " punches were refused");
        }
    }

    private void notified(String frame) {
        if (frame.startsWith("42[\"attendance_punch_")) {
            arrived(frame, false);
        }
    }

    private void arrived(String frame, boolean confirmation) {
        long now = System.nanoTime();
        int start = frame.indexOf(COMMAND_ID) + COMMAND_ID.length();
        String commandId = frame.substring(start, frame.indexOf('"', start));
        Sent punch = sent.get(commandId);
        if (punch == null) {
            throw new IllegalStateException("heard of a punch that nobody made: " + frame);
        }
        (confirmation ? punch.confirmed() : punch.notified()).add(now - punch.nanos());
        if (confirmation) {
            punch.confirmedAt().set(now);
        } else {
            afterConfirmation.add(Math.max(0, now - punch.confirmedAt().get()));
        }
        if (punch.open().decrementAndGet() == 0) {
            sent.remove(commandId);
        }
    }

    @Override
    public void close() {
        people.forEach(person -> person.socket.close());
        manager.close();
    }

    private final class Person {
        private final String id;
        private final RawSocket socket;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private boolean in;
        private volatile Samples mine = new Samples();

        private Person(AttendanceServer server, String company, String id) {
            this.id = id;
            socket =
                    RawSocket.connect(
                            server.uri(""), server.tokens().employee(company, id), this::heard);
        }

        private void punch(Samples confirmed, Samples notified) {
            if (!waiting.compareAndSet(false, true)) {
                throw new IllegalStateException(
                        "the server is slower than the people punch: more of them are needed");
            }
            String commandId = id + "-" + numbers.incrementAndGet();
            String frame =
                    "42[\""
                            + (in ? "punch_out" : "punch_in")
                            + "\",{\"employeeId\":\""
                            + id
                            + "\",\"timestamp\":\""
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
                            + "\",\"location\":{\"lat\":40.4168,\"lng\":-3.7038},"
                            + COMMAND_ID
                            + commandId
                            + "\"}]";
            in = !in;
            sent.put(
                    commandId,
                    new Sent(
                            System.nanoTime(),
                            confirmed,
                            notified,
                            new AtomicLong(Long.MAX_VALUE),
                            new AtomicInteger(2)));
            mine = confirmed;
            socket.sendAsync(frame);
        }

        private void heard(String frame) {
            if (frame.startsWith("42[\"punch_in_confirmed")
                    || frame.startsWith("42[\"punch_out_confirmed")) {
                waiting.set(false);
                arrived(frame, true);
                if (System.nanoTime() < untiringUntil) {
                    punch(mine, new Samples());
                }
            } else if (frame.startsWith("42[\"error")) {
                refused.incrementAndGet();
            }
        }
    }
}

package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The terminals of some companies, where many more people punch than are connected: each sends the
 * next person's punch when the last one is confirmed.
 */
final class Terminals implements AutoCloseable {
    private static final int PER_COMPANY = 4;
    private static final String COMMAND_ID = "\"commandId\":\"";

    private final List<Terminal> terminals = new ArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final int people;
    private volatile CountDownLatch done = new CountDownLatch(0);
    private volatile Samples confirmed = new Samples();

    Terminals(AttendanceServer server, int companies, int people) throws IOException {
        this.people = people;
        List<List<String>> queues = new ArrayList<>();
        for (int i = 0; i < companies * PER_COMPANY; i++) {
            queues.add(new ArrayList<>());
        }
        for (int person = 0; person < people; person++) {
            int company = person % companies;
            int place = person / companies % PER_COMPANY;
            queues.get(company * PER_COMPANY + place).add("e" + person);
        }
        for (int i = 0; i < queues.size(); i++) {
            terminals.add(new Terminal(server, "c" + i / PER_COMPANY, i, queues.get(i)));
        }
    }

    double everybodyPunches(Duration atMost) throws InterruptedException {
        return everybodyPunches(atMost, new Samples());
    }

    /**
     * Who is in punches out, and the other way round.
     *
     * @return punches confirmed a second
     */
    double everybodyPunches(Duration atMost, Samples durations) throws InterruptedException {
        confirmed = durations;
        done = new CountDownLatch(people);
        long start = System.nanoTime();
        terminals.forEach(Terminal::begin);
        boolean complete = done.await(atMost.toSeconds(), TimeUnit.SECONDS);
        if (!complete || refused.get() > 0) {
            throw new IllegalStateException(
                    done.getCount() + " punches were never confirmed, " + refused + " refused");
        }
        return people * 1e9 / (System.nanoTime() - start);
    }

    @Override
    public void close() {
        terminals.forEach(terminal -> terminal.socket.close());
    }

    private final class Terminal {
        private final List<String> queue;
        private final LeanSocket socket;
        private boolean in;
        private int next;
        private String waitedFor = "";
        private long sentAt;

        private Terminal(AttendanceServer server, String company, int number, List<String> queue)
                throws IOException {
            this.queue = queue;
            socket =
                    new LeanSocket(
                            server.uri(""),
                            server.tokens().of(company, "terminal" + number, "integration"),
                            this::heard);
        }

        private synchronized void begin() {
            in = !in;
            next = 0;
            punch();
        }

        private void punch() {
            if (next == queue.size()) {
                return;
            }
            waitedFor = UUID.randomUUID().toString();
            sentAt = System.nanoTime();
            socket.send(
                    "42[\""
                            + (in ? "punch_in" : "punch_out")
                            + "\",{\"employeeId\":\""
                            + queue.get(next++)
                            + "\",\"timestamp\":\""
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
                            + "\",\"location\":{\"lat\":40.4168,\"lng\":-3.7038},"
                            + COMMAND_ID
                            + waitedFor
                            + "\"}]");
        }

        private synchronized void heard(String frame) {
            if (frame.startsWith("42[\"punch_in_confirmed")
                    || frame.startsWith("42[\"punch_out_confirmed")) {
                if (frame.contains(COMMAND_ID + waitedFor)) {
                    confirmed.add(System.nanoTime() - sentAt);
                    punch();
                    done.countDown();
                }
            } else if (frame.startsWith("42[\"error")) {
                refused.incrementAndGet();
                System.err.println(frame);
            }
        }
    }
}

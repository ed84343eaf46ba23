package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Several companies with all their people connected at the same time. */
final class Crowd implements AutoCloseable {
    private static final Duration SETTLE = Duration.ofSeconds(20);

    private final List<BusyCompany> companies = new ArrayList<>();
    private final BusyCompany.Faults faults = new BusyCompany.Faults();
    private int turn;

    Crowd(int size, int managers, int watching, int employees) {
        for (int i = 1; i <= size; i++) {
            companies.add(new BusyCompany("c" + i, managers, watching, employees, faults));
        }
    }

    /**
     * Connects everybody.
     *
     * @param inFlight connections being opened at the same time
     */
    void arrive(AttendanceServer server, int inFlight, Samples connections)
            throws InterruptedException, ExecutionException {
        List<List<Callable<Long>>> byCompany =
                companies.stream().map(company -> company.arrivals(server)).toList();
        var doors = new Semaphore(inFlight);
        List<Future<Long>> opened = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < byCompany.getFirst().size(); i++) {
                for (List<Callable<Long>> arrivals : byCompany) {
                    Callable<Long> arrival = arrivals.get(i);
                    doors.acquire();
                    opened.add(
                            threads.submit(
                                    () -> {
                                        try {
                                            return arrival.call();
                                        } finally {
                                            doors.release();
                                        }
                                    }));
                }
            }
        }
        for (Future<Long> each : opened) {
            connections.add(each.get());
        }
        companies.forEach(BusyCompany::watchDashboards);
    }

    /**
     * An open loop: punches at a rate for a while, each company in turn, and a leave request each
     * second; then waits until everybody has heard of all of it.
     */
    void live(int rate, Duration duration, BusyCompany.Timings timings) {
        var pace = new Pace(rate);
        long count = rate * duration.toSeconds();
        for (int i = 0; i < count; i++) {
            long due = pace.awaitNext();
            BusyCompany company = companies.get(turn++ % companies.size());
            company.punch(due, timings);
            if (i % rate == rate / 2) {
                company.requestLeave(due, timings);
            }
        }
        for (BusyCompany company : companies) {
            if (!company.settled(SETTLE)) {
                throw new IllegalStateException(
                        company.open()
                                + " confirmations and deliveries of "
                                + company.id()
                                + " are missing after "
                                + SETTLE
                                + "; refused: "
                                + faults.refused);
            }
        }
    }

    /** Everybody punches now; then waits as long as it takes, at most the limit. */
    void rush(BusyCompany.Timings timings, Duration limit) {
        int people = companies.stream().mapToInt(BusyCompany::employees).sum();
        long due = System.nanoTime();
        for (int i = 0; i < people; i++) {
            companies.get(turn++ % companies.size()).punch(due, timings);
        }
        long end = System.nanoTime() + limit.toNanos();
        companies.forEach(company -> company.settled(Duration.ofNanos(end - System.nanoTime())));
    }

    List<BusyCompany> companies() {
        return companies;
    }

    BusyCompany.Faults faults() {
        return faults;
    }

    int connected() {
        return companies.stream().mapToInt(BusyCompany::connected).sum();
    }

    int missing() {
        return companies.stream().mapToInt(BusyCompany::missing).sum();
    }

    @Override
    public void close() {
        companies.forEach(BusyCompany::close);
    }
}

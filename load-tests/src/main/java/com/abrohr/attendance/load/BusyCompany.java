package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;

/**
 * One company whose people are all connected: employees punch and ask for leave in turn, managers
 * hear of it, some of them on the live dashboard. Keeps book of who heard what.
 */
final class BusyCompany implements AutoCloseable {
    private static final LocalDate FIRST_LEAVE = LocalDate.of(2030, 1, 1);

    private final String id;
    private final AtomicReferenceArray<Manager> managers;
    private final AtomicReferenceArray<Employee> employees;
    private final int watching;
    private final CountDownLatch watched;
    private final Faults faults;
    private final Map<String, Punch> punches = new ConcurrentHashMap<>();
    private final Map<String, Leave> leaves = new ConcurrentHashMap<>();
    private final Set<String> confirmed = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private int punchTurn;
    private int leaveTurn;

    /** What must not happen, counted over all companies. */
    static final class Faults {
        final AtomicInteger refused = new AtomicInteger();
        final AtomicInteger twice = new AtomicInteger();
        final AtomicInteger foreign = new AtomicInteger();
        final AtomicInteger gaps = new AtomicInteger();
    }

    /** Where the durations of one phase go; each counts from when the schedule wanted it sent. */
    static final class Timings {
        final Samples sent = new Samples();
        final Samples confirmed = new Samples();
        final Samples lastManager = new Samples();
        final Samples lastDashboard = new Samples();
        final Samples leaveToLastManager = new Samples();
        final Samples decisionToEmployee = new Samples();
    }

    private record Punch(
            long due, Timings timings, AtomicInteger managersLeft, AtomicInteger boardsLeft) {}

    private static final class Leave {
        private final long due;
        private final Timings timings;
        private final AtomicInteger managersLeft;
        private final AtomicBoolean decided = new AtomicBoolean();
        private volatile long decisionSent;

        private Leave(long due, Timings timings, int managers) {
            this.due = due;
            this.timings = timings;
            this.managersLeft = new AtomicInteger(managers);
        }
    }

    /**
     * @param watching how many of the managers look at the live dashboard
     */
    BusyCompany(String id, int managers, int watching, int employees, Faults faults) {
        this.id = id;
        this.managers = new AtomicReferenceArray<>(managers);
        this.employees = new AtomicReferenceArray<>(employees);
        this.watching = watching;
        this.watched = new CountDownLatch(watching);
        this.faults = faults;
    }

    /** What opens the sockets, one each, in any order; the result is how long that took. */
    List<Callable<Long>> arrivals(AttendanceServer server) {
        List<Callable<Long>> arrivals = new ArrayList<>();
        for (int i = 0; i < managers.length(); i++) {
            int number = i;
            arrivals.add(
                    () -> {
                        var manager = new Manager(server, number);
                        managers.set(number, manager);
                        return manager.socket.connectNanos();
                    });
        }
        for (int i = 0; i < employees.length(); i++) {
            int number = i;
            arrivals.add(
                    () -> {
                        var employee = new Employee(server, number);
                        employees.set(number, employee);
                        return employee.socket.connectNanos();
                    });
        }
        return arrivals;
    }

    void watchDashboards() {
        for (int i = 0; i < watching; i++) {
            managers.get(i).socket.send("42[\"request_live_dashboard\",{}]");
        }
        awaitDashboards();
    }

    private void awaitDashboards() {
        try {
            if (!watched.await(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no dashboard_snapshot in 10 seconds");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void punch(long due, Timings timings) {
        employees.get(punchTurn++ % employees.length()).punch(due, timings);
    }

    void requestLeave(long due, Timings timings) {
        int number = leaveTurn++;
        employees
                .get(number % employees.length())
                .requestLeave(due, timings, FIRST_LEAVE.plusDays(number).toString());
    }

    /** What was sent and is not through everywhere yet. */
    int open() {
        return open.get();
    }

    String id() {
        return id;
    }

    int employees() {
        return employees.length();
    }

    Set<String> confirmed() {
        return confirmed;
    }

    int connected() {
        int connected = 0;
        for (int i = 0; i < managers.length(); i++) {
            connected += managers.get(i).socket.isClosed() ? 0 : 1;
        }
        for (int i = 0; i < employees.length(); i++) {
            connected += employees.get(i).socket.isClosed() ? 0 : 1;
        }
        return connected;
    }

    /** Pairs of a manager and a confirmed punch that the manager never heard of. */
    int missing() {
        int missing = 0;
        for (int i = 0; i < managers.length(); i++) {
            for (String commandId : confirmed) {
                missing += managers.get(i).heard.contains(commandId) ? 0 : 1;
            }
        }
        return missing;
    }

    @Override
    public void close() {
        for (int i = 0; i < managers.length(); i++) {
            if (managers.get(i) != null) {
                managers.get(i).socket.close();
            }
        }
        for (int i = 0; i < employees.length(); i++) {
            if (employees.get(i) != null) {
                employees.get(i).socket.close();
            }
        }
    }

    private static String text(String frame, String field) {
        String before = '"' + field + "\":\"";
        int start = frame.indexOf(before);
        if (start < 0) {
            return "";
        }
        start += before.length();
        return frame.substring(start, frame.indexOf('"', start));
    }

    private static long number(String frame, String field) {
        String before = '"' + field + "\":";
        int start = frame.indexOf(before) + before.length();
        int end = start;
        while (Character.isDigit(frame.charAt(end))) {
            end++;
        }
        return Long.parseLong(frame, start, end, 10);
    }

    private final class Employee {
        private final String employeeId;
        private final LeanSocket socket;
        private final AtomicBoolean waiting = new AtomicBoolean();
        private int number;
        private boolean in;

        private Employee(AttendanceServer server, int index) throws IOException {
            employeeId = id + "-e" + index;
            socket =
                    new LeanSocket(
                            server.uri(""), server.tokens().employee(id, employeeId), this::heard);
        }

        private void punch(long due, Timings timings) {
            if (!waiting.compareAndSet(false, true)) {
                throw new IllegalStateException(
                        "the server is slower than the people punch: more of them are needed");
            }
            String commandId = employeeId + "-" + ++number;
            String frame =
                    "42[\""
                            + (in ? "punch_out" : "punch_in")
                            + "\",{\"employeeId\":\""
                            + employeeId
                            + "\",\"timestamp\":\""
                            + Instant.now().truncatedTo(ChronoUnit.MILLIS)
                            + "\",\"location\":{\"lat\":40.4168,\"lng\":-3.7038,\"accuracy\":12},"
                            + "\"commandId\":\""
                            + commandId
                            + "\"}]";
            in = !in;
            open.addAndGet(1 + managers.length() + watching);
            punches.put(
                    commandId,
                    new Punch(
                            due,
                            timings,
                            new AtomicInteger(managers.length()),
                            new AtomicInteger(watching)));
            timings.sent.add(System.nanoTime() - due);
            socket.send(frame);
        }

        private void requestLeave(long due, Timings timings, String day) {
            open.addAndGet(1 + managers.length());
            leaves.put(day, new Leave(due, timings, managers.length()));
            socket.send(
                    "42[\"leave_request\",{\"employeeId\":\""
                            + employeeId
                            + "\",\"leaveType\":\"annual\",\"startDate\":\""
                            + day
                            + "\",\"endDate\":\""
                            + day
                            + "\",\"reason\":\"rest\",\"commandId\":\""
                            + id
                            + "-leave-"
                            + day
                            + "\"}]");
        }

        private void heard(String frame) {
            long now = System.nanoTime();
            if (frame.startsWith("42[\"punch_in_confirmed")
                    || frame.startsWith("42[\"punch_out_confirmed")) {
                String commandId = text(frame, "commandId");
                Punch punch = punches.get(commandId);
                if (punch == null) {
                    faults.foreign.incrementAndGet();
                } else if (!confirmed.add(commandId)) {
                    faults.twice.incrementAndGet();
                } else {
                    punch.timings.confirmed.add(now - punch.due);
                    waiting.set(false);
                    open.decrementAndGet();
                }
            } else if (frame.startsWith("42[\"error")) {
                faults.refused.incrementAndGet();
                if (punches.containsKey(text(frame, "commandId"))) {
                    // Nobody will hear of it.
                    open.addAndGet(-1 - managers.length() - watching);
                    waiting.set(false);
                }
            } else if (frame.startsWith("42[\"leave_request_updated")) {
                ownOnly(frame);
                decided(frame, now);
            } else {
                ownOnly(frame);
            }
        }

        private void decided(String frame, long now) {
            Leave leave = leaves.get(text(frame, "startDate"));
            if (leave != null
                    && text(frame, "status").equals("approved")
                    && leave.decided.compareAndSet(false, true)) {
                leave.timings.decisionToEmployee.add(now - leave.decisionSent);
                open.decrementAndGet();
            }
        }

        /** An employee hears of no colleague. */
        private void ownOnly(String frame) {
            String about = text(frame, "employeeId");
            if (!about.isEmpty() && !about.equals(employeeId)) {
                faults.foreign.incrementAndGet();
            }
        }
    }

    private final class Manager {
        private record Announced(long seq, Punch punch) {}

        private final LeanSocket socket;
        private final boolean decides;
        private final boolean watches;
        private final Set<String> heard = ConcurrentHashMap.newKeySet();
        private final Set<String> leavesHeard = new HashSet<>();
        private final Queue<Announced> notShown = new ArrayDeque<>();
        private long shown = -1;
        private long lastDelta = -1;

        private Manager(AttendanceServer server, int index) throws IOException {
            decides = index == 0;
            watches = index < watching;
            socket =
                    new LeanSocket(
                            server.uri(""),
                            server.tokens().manager(id, id + "-m" + index),
                            this::heard);
        }

        private void heard(String frame) {
            long now = System.nanoTime();
            if (frame.startsWith("42[\"attendance_punch_")) {
                announced(frame, now);
            } else if (frame.startsWith("42[\"dashboard_delta")) {
                shown(frame, now);
            } else if (frame.startsWith("42[\"dashboard_snapshot")) {
                shown = number(frame, "seq");
                watched.countDown();
            } else if (frame.startsWith("42[\"leave_request_new")) {
                asked(frame, now);
            } else if (frame.startsWith("42[\"error")) {
                faults.refused.incrementAndGet();
            } else if (frame.startsWith("42[\"resync_required")) {
                faults.gaps.incrementAndGet();
            }
        }

        private void announced(String frame, long now) {
            String commandId = text(frame, "commandId");
            Punch punch = punches.get(commandId);
            if (punch == null) {
                faults.foreign.incrementAndGet();
                return;
            }
            if (!heard.add(commandId)) {
                faults.twice.incrementAndGet();
                return;
            }
            open.decrementAndGet();
            if (punch.managersLeft.decrementAndGet() == 0) {
                punch.timings.lastManager.add(now - punch.due);
            }
            if (watches) {
                notShown.add(new Announced(number(frame, "seq"), punch));
                settle(now);
            }
        }

        private void shown(String frame, long now) {
            long seq = number(frame, "seq");
            // One with the number of the last tells what the clock or a repair has changed.
            if (seq < lastDelta || seq == lastDelta && frame.contains("\"activity\":[{")) {
                faults.twice.incrementAndGet();
            }
            lastDelta = seq;
            shown = Math.max(shown, seq);
            settle(now);
        }

        /**
         * A punch is on the board when a delta has its number and it is known which punch it is.
         */
        private void settle(long now) {
            for (Announced next = notShown.peek();
                    next != null && next.seq <= shown;
                    next = notShown.peek()) {
                notShown.remove();
                open.decrementAndGet();
                if (next.punch.boardsLeft.decrementAndGet() == 0) {
                    next.punch.timings.lastDashboard.add(now - next.punch.due);
                }
            }
        }

        private void asked(String frame, long now) {
            String day = text(frame, "startDate");
            Leave leave = leaves.get(day);
            if (leave == null) {
                faults.foreign.incrementAndGet();
                return;
            }
            if (!leavesHeard.add(day)) {
                faults.twice.incrementAndGet();
                return;
            }
            if (decides) {
                leave.decisionSent = System.nanoTime();
                socket.send("42[\"leave_approve\",{\"id\":\"" + text(frame, "id") + "\"}]");
            }
            open.decrementAndGet();
            if (leave.managersLeft.decrementAndGet() == 0) {
                leave.timings.leaveToLastManager.add(now - leave.due);
            }
        }
    }

    /** Waits until all that was sent is through; false when it is not in time. */
    boolean settled(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        while (open.get() > 0 && System.nanoTime() < end) {
            LockSupport.parkNanos(1_000_000);
        }
        return open.get() == 0;
    }
}

package com.abrohr.attendance.system.consistency;

import com.abrohr.attendance.system.consistency.CommandHistory.Outcome;
import com.abrohr.attendance.system.consistency.CommandHistory.Try;
import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.Tokens;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * People who punch in and out and ask for leave, each one thing after the other, and who repeat
 * what got no answer until it gets one; each writes down what it saw.
 */
public final class Crowd implements AutoCloseable {
    private static final LocalDate FIRST_LEAVE = LocalDate.of(2031, 1, 1);
    private static final Set<Integer> OUTCOME_UNKNOWN = Set.of(429, 500, 502, 503, 504);

    private final Tokens tokens = new Tokens(AttendanceServer.SECRET);
    private final Supplier<Node> nodes;
    private final CommandHistory history;
    private final List<Thread> people = new ArrayList<>();
    private final Duration pause;
    private volatile boolean leaving;

    /** Where people send their commands. */
    public record Node(Function<String, Api> api, BooleanSupplier isAlive) {}

    /**
     * @param nodes where somebody goes who has been to no node yet, or whose node gave no answer
     * @param pause between two things that one person does, on average
     */
    public Crowd(
            Supplier<Node> nodes,
            CommandHistory history,
            List<String> companies,
            int peoplePerCompany,
            Duration pause,
            long seed) {
        this.nodes = nodes;
        this.history = history;
        this.pause = pause;
        var seeds = new Random(seed);
        for (String company : companies) {
            for (int i = 1; i <= peoplePerCompany; i++) {
                var person = new Person(company, "e" + i, new Random(seeds.nextLong()));
                people.add(Thread.ofVirtual().name(person.employee).start(person::live));
            }
        }
    }

    /** Everybody finishes what they began, with an answer, and goes. */
    @Override
    public void close() {
        leaving = true;
        for (Thread person : people) {
            try {
                if (!person.join(Duration.ofSeconds(60))) {
                    throw new AssertionError(person.getName() + " still waits for an answer");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private final class Person {
        private final String company;
        private final String employee;
        private final Random random;
        private Node node = nodes.get();
        private boolean in;
        private int requests;
        private int commands;

        private Person(String company, String employee, Random random) {
            this.company = company;
            this.employee = employee;
            this.random = random;
        }

        private void live() {
            while (!leaving) {
                LockSupport.parkNanos((long) (pause.toNanos() * 2 * random.nextDouble()));
                if (random.nextInt(12) == 0) {
                    askForLeave();
                } else {
                    punch();
                }
            }
        }

        private void punch() {
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("type", in ? "OUT" : "IN");
            body.put("occurredAt", Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
            body.put("location", Map.of("lat", 40.5, "lng", -3.5));
            if (random.nextInt(4) == 0) {
                body.put("offline", true);
            }
            if (send("employee", "/api/v1/punches", body, in ? "PunchedOut" : "PunchedIn")) {
                in = !in;
            }
        }

        private void askForLeave() {
            requests++;
            String day = FIRST_LEAVE.plusDays(2L * requests).toString();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("leaveType", "annual");
            body.put("startDate", day);
            body.put("endDate", day);
            body.put("reason", "rest");
            if (send("employee", "/api/v1/leave-requests", body, "LeaveSubmitted")) {
                boolean approve = random.nextBoolean();
                String id = "lv-" + requests + "-" + employee;
                send(
                        "manager",
                        "/api/v1/leave-requests/" + id + (approve ? ":approve" : ":reject"),
                        Map.of("comment", "so be it"),
                        approve ? "LeaveApproved" : "LeaveRejected");
            }
        }

        /** Repeats one command until its outcome is known; true when it was stored. */
        private boolean send(String role, String path, Map<String, Object> body, String type) {
            String commandId = employee + "-" + ++commands;
            String actor = role.equals("manager") ? "boss" : employee;
            if (random.nextInt(20) == 0) {
                node = nodes.get();
            }
            while (true) {
                Node asked = node;
                Api api = asked.api().apply(tokens.of(company, actor, role));
                long invoked = System.nanoTime();
                Try answer = attempt(api, path, body, commandId, type, invoked);
                history.add(answer);
                if (answer.outcome() != Outcome.UNKNOWN) {
                    repeatSometimes(api, path, body, commandId, type);
                    return answer.outcome() == Outcome.OK;
                }
                // As long as nobody has started a new server there is nothing to ask.
                LockSupport.parkNanos(
                        Duration.ofMillis(asked.isAlive().getAsBoolean() ? 50 : 1000).toNanos());
                node = nodes.get();
            }
        }

        private void repeatSometimes(
                Api api, String path, Map<String, Object> body, String commandId, String type) {
            if (random.nextInt(20) == 0) {
                history.add(attempt(api, path, body, commandId, type, System.nanoTime()));
            }
        }

        private Try attempt(
                Api api,
                String path,
                Map<String, Object> body,
                String commandId,
                String type,
                long invoked) {
            try {
                Api.Answer answer = api.post(path, body, commandId);
                if (answer.status() == 200 || answer.status() == 201) {
                    return told(
                            commandId,
                            type,
                            invoked,
                            Outcome.OK,
                            answer.body().path("seq").asLong(-1),
                            answer.text());
                }
                return told(
                        commandId,
                        type,
                        invoked,
                        OUTCOME_UNKNOWN.contains(answer.status())
                                ? Outcome.UNKNOWN
                                : Outcome.REFUSED,
                        -1,
                        answer.status() + " " + answer.text());
            } catch (Api.OutcomeUnknown e) {
                return told(
                        commandId,
                        type,
                        invoked,
                        Outcome.UNKNOWN,
                        -1,
                        String.valueOf(e.getCause()));
            }
        }

        private Try told(
                String commandId,
                String type,
                long invoked,
                Outcome outcome,
                long seq,
                String detail) {
            return new Try(
                    company,
                    employee,
                    commandId,
                    type,
                    invoked,
                    System.nanoTime(),
                    outcome,
                    seq,
                    detail);
        }
    }
}

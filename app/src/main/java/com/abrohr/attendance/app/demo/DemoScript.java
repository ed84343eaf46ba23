package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * Simulates the demo company: a wave of punches in, then every few seconds a punch, a leave request
 * or a decision. All are real commands, and none is sent for people that are signed in.
 */
final class DemoScript implements ApplicationListener<ApplicationReadyEvent>, DisposableBean {
    private static final Logger log = LoggerFactory.getLogger(DemoScript.class);
    private static final long SEED = 20_260_302;
    private static final Duration BETWEEN_ARRIVALS = Duration.ofMillis(120);
    private static final Duration SHORTEST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);
    private static final double ARRIVING = 0.8;
    private static final int PENDING_KEPT_FOR_PEOPLE = 4;
    private static final List<String> LEAVE_TYPES = List.of("vacation", "sick", "personal");
    private static final List<String> REASONS =
            List.of("Family visit", "Moving house", "Medical appointment", "Summer holidays");

    private final DemoCompany company;
    private final DemoCommands commands;
    private final DemoSignIns signIns;
    private final Clock clock;
    private final Random random = new Random(SEED);
    private final Set<DemoPerson> present = new HashSet<>();
    private final Deque<Pending> pending = new ArrayDeque<>();
    private final String run;
    private int step;
    private @Nullable Thread thread;

    DemoScript(DemoCompany company, DemoCommands commands, DemoSignIns signIns, Clock clock) {
        this.company = company;
        this.commands = commands;
        this.signIns = signIns;
        this.clock = clock;
        this.run = "demo-" + Long.toString(clock.millis(), Character.MAX_RADIX) + "-";
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        if (thread == null) {
            thread = Thread.ofVirtual().name("demo-script").start(this::live);
        }
    }

    @Override
    public void destroy() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join(Duration.ofSeconds(5));
        }
    }

    private void live() {
        try {
            arrive();
            while (true) {
                Thread.sleep(random.nextLong(SHORTEST_PAUSE.toMillis(), LONGEST_PAUSE.toMillis()));
                perform(this::anything);
            }
        } catch (InterruptedException stopped) {
            log.debug("The scripted day ends");
        }
    }

    private void arrive() throws InterruptedException {
        List<DemoPerson> arriving = new ArrayList<>(company.people());
        Collections.shuffle(arriving, random);
        for (DemoPerson person :
                arriving.subList(0, (int) Math.round(arriving.size() * ARRIVING))) {
            if (!signIns.contains(person)) {
                perform(() -> punch(person, true));
                Thread.sleep(BETWEEN_ARRIVALS);
            }
        }
    }

    private void perform(Runnable act) throws InterruptedException {
        try {
            act.run();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal
                    && refusal.code() != RefusalCode.UNAVAILABLE) {
                log.debug("Refused: {}", refusal.code());
            } else {
                log.debug("The scripted day pauses", e);
                Thread.sleep(AFTER_FAILURE);
            }
        }
    }

    private void anything() {
        int dice = random.nextInt(100);
        if (pending.size() > PENDING_KEPT_FOR_PEOPLE && dice < 50) {
            decide();
        } else if (dice < 75) {
            anybody().ifPresent(person -> punch(person, !present.contains(person)));
        } else {
            anybody().ifPresent(this::askForLeave);
        }
    }

    private void punch(DemoPerson person, boolean in) {
        try {
            var where = person.site().somewhereNear(random);
            String id = person.employeeId();
            String zone = person.site().zoneId();
            as(
                    person,
                    in
                            ? new PunchIn(DemoCompany.ID, id, nextId(), null, zone, where)
                            : new PunchOut(DemoCompany.ID, id, nextId(), null, zone, where));
        } finally {
            // Also after ALREADY_PUNCHED_IN or NOT_PUNCHED_IN: then this is where they stand.
            if (in) {
                present.add(person);
            } else {
                present.remove(person);
            }
        }
    }

    private void askForLeave(DemoPerson person) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneId.of(person.site().zoneId()));
        LocalDate start = today.plusDays(random.nextInt(3, 90));
        var request =
                new SubmitLeave(
                        DemoCompany.ID,
                        person.employeeId(),
                        nextId(),
                        pick(LEAVE_TYPES),
                        start,
                        start.plusDays(random.nextInt(0, 5)),
                        pick(REASONS));
        if (as(person, request) instanceof LeaveReceipt receipt) {
            pending.add(new Pending(receipt.leaveId(), person));
        }
    }

    private void decide() {
        Pending request = pending.removeFirst();
        Optional<DemoPerson> manager =
                pickOf(
                        company.people().stream()
                                .filter(p -> p.role() == Role.MANAGER)
                                .filter(p -> !p.equals(request.person()))
                                .filter(p -> !signIns.contains(p))
                                .toList());
        if (manager.isEmpty() || signIns.contains(request.person())) {
            return;
        }
        String employeeId = request.person().employeeId();
        as(
                manager.get(),
                random.nextInt(100) < 80
                        ? new ApproveLeave(
                                DemoCompany.ID, employeeId, nextId(), request.leaveId(), null)
                        : new RejectLeave(
                                DemoCompany.ID,
                                employeeId,
                                nextId(),
                                request.leaveId(),
                                "Too many are away then"));
    }

    private Receipt as(DemoPerson actor, EmployeeCommand command) {
        return commands.as(actor, command).join();
    }

    private Optional<DemoPerson> anybody() {
        return pickOf(company.people().stream().filter(p -> !signIns.contains(p)).toList());
    }

    private Optional<DemoPerson> pickOf(List<DemoPerson> people) {
        return people.isEmpty() ? Optional.empty() : Optional.of(pick(people));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private String nextId() {
        return run + step++;
    }

    private record Pending(String leaveId, DemoPerson person) {}
}

package com.abrohr.attendance.system.consistency;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Every command as its sender saw it, written down outside the system. */
public final class CommandHistory {
    public enum Outcome {
        OK,
        REFUSED,
        /** Nobody knows: no answer, or an answer that says so. */
        UNKNOWN
    }

    /**
     * One try of one command.
     *
     * @param seq of the receipt, -1 without one
     * @param detail what was answered
     * @param invokedNanos on the sender's monotonic clock, as is repliedNanos
     */
    public record Try(
            String company,
            String employee,
            String commandId,
            String type,
            long invokedNanos,
            long repliedNanos,
            Outcome outcome,
            long seq,
            String detail) {
        String key() {
            return company + "/" + employee + "/" + commandId;
        }
    }

    private final Queue<Try> tries = new ConcurrentLinkedQueue<>();

    public void add(Try each) {
        tries.add(each);
    }

    public List<Try> tries() {
        return List.copyOf(tries);
    }

    public long count(Outcome outcome) {
        return tries.stream().filter(each -> each.outcome() == outcome).count();
    }

    /** One line for each contradiction between what senders saw and what the log holds. */
    public List<String> contradictions(List<LoggedEvent> log) {
        List<String> found = new ArrayList<>();
        Map<String, LoggedEvent> stored = new HashMap<>();
        Map<String, Long> numbers = new HashMap<>();
        for (LoggedEvent event : log) {
            String key = event.company() + "/" + event.employee() + "/" + event.commandId();
            if (event.step() == 0 && stored.put(key, event) != null) {
                found.add(key + " is stored twice");
            }
            // That of the last event answers for the whole command.
            numbers.put(key, event.companySeq());
        }
        Set<String> sent = new HashSet<>();
        Map<String, Try> answered = new HashMap<>();
        for (Try each : tries) {
            sent.add(each.key());
            LoggedEvent event = stored.get(each.key());
            switch (each.outcome()) {
                case OK -> {
                    if (event == null) {
                        found.add(each + " was acknowledged and is not in the log");
                    } else if (!event.type().equals(each.type())) {
                        found.add(each + " was answered with something else than " + event);
                    } else if (each.seq() != numbers.get(each.key())) {
                        found.add(each + " was given another number than " + event);
                    }
                    Try first = answered.putIfAbsent(each.key(), each);
                    if (first != null && !first.detail().equals(each.detail())) {
                        found.add(each + " got another answer than " + first);
                    }
                }
                case REFUSED -> found.add(each + " was refused, which nothing sent here deserves");
                case UNKNOWN -> {}
            }
        }
        stored.forEach(
                (key, event) -> {
                    boolean product =
                            event.metadata().path("actorRole").asString("").equals("SYSTEM");
                    if (!product && !sent.contains(key)) {
                        found.add(event + " was sent by nobody");
                    }
                });
        return found;
    }
}

package com.abrohr.attendance.command.eventstore;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether this node can store commands, and receives what the others store. */
public final class EventLogHealth {
    /** Beyond this difference punches would get wrong times. */
    public static final Duration GREATEST_CLOCK_DIFFERENCE = Duration.ofSeconds(2);

    private final GroupCommitWriter writer;
    private final CommittedEvents committed;
    private final EventLogListener listener;

    EventLogHealth(GroupCommitWriter writer, CommittedEvents committed, EventLogListener listener) {
        this.writer = writer;
        this.committed = committed;
        this.listener = listener;
    }

    /** The state as of now, from memory. */
    public State state() {
        List<String> problems = new ArrayList<>();
        if (!writer.isRunning()) {
            problems.add("the writer of the event log has ended");
        } else if (!writer.isConnected()) {
            problems.add("the writer of the event log has no connection");
        } else if (!writer.isWritable()) {
            problems.add("the database takes no events");
        }
        if (!committed.isRunning()) {
            problems.add("the delivery of committed events has ended");
        }
        if (!listener.isRunning()) {
            problems.add("the listener of the event log has ended");
        }
        Optional<Duration> difference = listener.clockDifference();
        if (difference.isEmpty()) {
            problems.add("the clock was not compared with the database's yet");
        }
        difference
                .filter(d -> d.abs().compareTo(GREATEST_CLOCK_DIFFERENCE) > 0)
                .ifPresent(
                        d ->
                                problems.add(
                                        "the clock differs from the database's by "
                                                + d.toMillis()
                                                + " ms"));
        return new State(
                problems.isEmpty(),
                writer.isRunning() && writer.isConnected(),
                writer.lastCommit(),
                difference,
                listener.isListening(),
                List.copyOf(problems));
    }

    /**
     * @param ready whether commands can be stored here, and may be
     * @param lastCommit when a commit of this node was last confirmed
     * @param clockDifference the database's clock minus this node's
     * @param listening whether other nodes' commits are received at once; if not they are polled
     *     for, which does not make a node unready
     * @param problems why the node is not ready, for an operator
     */
    public record State(
            boolean ready,
            boolean writerAlive,
            Optional<Instant> lastCommit,
            Optional<Duration> clockDifference,
            boolean listening,
            List<String> problems) {}
}

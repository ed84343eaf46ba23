package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.board.StreamId;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.ThrowableCause;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Axon's queue, one sequence per employee; everything in the transaction of this thread. */
final class DeadLetterQueue {

    private final SequencedDeadLetterQueue<EventMessage<?>> queue;

    DeadLetterQueue(SequencedDeadLetterQueue<EventMessage<?>> queue) {
        this.queue = queue;
    }

    /** Behind the event that its employee was parked for. */
    void enqueue(PendingEvent event) {
        String sequence = sequenceOf(event);
        queue.enqueue(sequence, new GenericDeadLetter<>(sequence, event.message()));
    }

    /** The event that could not be applied. */
    void enqueue(PendingEvent event, Exception cause) {
        String sequence = sequenceOf(event);
        queue.enqueue(
                sequence,
                new GenericDeadLetter<EventMessage<?>>(sequence, event.message())
                        .withCause(ThrowableCause.truncated(cause)));
    }

    private static String sequenceOf(PendingEvent event) {
        return Objects.requireNonNull(event.stream()).deadLetterSequence();
    }

    List<DeadLetter<? extends EventMessage<?>>> lettersOf(StreamId stream) {
        List<DeadLetter<? extends EventMessage<?>>> letters = new ArrayList<>();
        queue.deadLetterSequence(stream.deadLetterSequence()).forEach(letters::add);
        return letters;
    }

    static DomainEventMessage<?> eventOf(DeadLetter<? extends EventMessage<?>> letter) {
        if (letter.message() instanceof DomainEventMessage<?> event) {
            return event;
        }
        throw new IllegalStateException("a dead letter of no stream");
    }

    void evict(DeadLetter<? extends EventMessage<?>> letter) {
        queue.evict(letter);
    }

    long letters() {
        return queue.size();
    }

    long sequences() {
        return queue.amountOfSequences();
    }

    void clear() {
        queue.clear();
    }
}

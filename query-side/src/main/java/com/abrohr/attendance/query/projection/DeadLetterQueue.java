package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.query.eventlog.StreamId;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.deadletter.jdbc.DeadLetterSchema;
import org.axonframework.messaging.deadletter.DeadLetter;
import org.axonframework.messaging.deadletter.GenericDeadLetter;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.axonframework.messaging.deadletter.ThrowableCause;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Axon's queue, one sequence per employee; everything in the transaction of this thread. */
final class DeadLetterQueue {
    /** Axon's names for the columns of {@code dead_letter_entry}. */
    static final DeadLetterSchema SCHEMA =
            DeadLetterSchema.builder()
                    .deadLetterTable("dead_letter_entry")
                    .deadLetterIdentifierColumn("dead_letter_id")
                    .processingGroupColumn("processing_group")
                    .sequenceIdentifierColumn("sequence_identifier")
                    .sequenceIndexColumn("sequence_index")
                    .messageTypeColumn("message_type")
                    .eventIdentifierColumn("event_identifier")
                    .timestampColumn("time_stamp")
                    .payloadTypeColumn("payload_type")
                    .payloadRevisionColumn("payload_revision")
                    .payloadColumn("payload")
                    .metaDataColumn("meta_data")
                    .aggregateTypeColumn("aggregate_type")
                    .aggregateIdentifierColumn("aggregate_identifier")
                    .sequenceNumberColumn("sequence_number")
                    .tokenTypeColumn("token_type")
                    .tokenColumn("token")
                    .enqueuedAtColumn("enqueued_at")
                    .lastTouchedColumn("last_touched")
                    .processingStartedColumn("processing_started")
                    .causeTypeColumn("cause_type")
                    .causeMessageColumn("cause_message")
                    .diagnosticsColumn("diagnostics")
                    .build();

    private final SequencedDeadLetterQueue<EventMessage<?>> queue;

    DeadLetterQueue(SequencedDeadLetterQueue<EventMessage<?>> queue) {
        this.queue = queue;
    }

    /** Behind the event of its employee that could not be applied. */
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

    List<DeadLetter<? extends EventMessage<?>>> deadLettersOf(StreamId stream) {
        List<DeadLetter<? extends EventMessage<?>>> deadLetters = new ArrayList<>();
        queue.deadLetterSequence(stream.deadLetterSequence()).forEach(deadLetters::add);
        return deadLetters;
    }

    static DomainEventMessage<?> eventOf(DeadLetter<? extends EventMessage<?>> deadLetter) {
        if (deadLetter.message() instanceof DomainEventMessage<?> event) {
            return event;
        }
        throw new IllegalStateException("a dead letter of no stream");
    }

    void evict(DeadLetter<? extends EventMessage<?>> deadLetter) {
        queue.evict(deadLetter);
    }

    long size() {
        return queue.size();
    }

    long sequences() {
        return queue.amountOfSequences();
    }

    void clear() {
        queue.clear();
    }
}

package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.identity.MetadataKeys;

import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/** Events as commands of the time clock would leave them. */
final class Punches {

    static final String COMPANY = "acme";
    static final String FINGERPRINT = "ab".repeat(32);

    private static final Instant WHEN = Instant.parse("2026-11-22T08:00:00Z");

    private Punches() {}

    static String clock(String employee) {
        return "time-clock/" + COMPANY + "/" + employee;
    }

    static DomainEventMessage<?> punch(String employee, String command, long sequence) {
        return punch(employee, command, sequence, null);
    }

    static DomainEventMessage<?> punch(
            String employee, String command, long sequence, String location) {
        return event(clock(employee), employee, command, sequence, location);
    }

    static DomainEventMessage<?> event(
            String aggregate, String employee, String command, long sequence, String location) {
        return event(COMPANY, aggregate, employee, command, sequence, location);
    }

    static DomainEventMessage<?> punchAt(
            String company, String employee, String command, long sequence) {
        return event(
                company,
                "time-clock/" + company + "/" + employee,
                employee,
                command,
                sequence,
                null);
    }

    private static DomainEventMessage<?> event(
            String company,
            String aggregate,
            String employee,
            String command,
            long sequence,
            String location) {
        PunchedIn payload =
                new PunchedIn(
                        company,
                        employee,
                        "ws-" + sequence + "-" + employee,
                        WHEN,
                        WHEN,
                        "Europe/Madrid",
                        LocalDate.of(2026, 11, 22),
                        location);
        return new GenericDomainEventMessage<>("TimeClock", aggregate, sequence, payload)
                .andMetaData(
                        Map.of(
                                MetadataKeys.COMPANY_ID, company,
                                MetadataKeys.COMMAND_ID, command,
                                AppendMetadata.FINGERPRINT, FINGERPRINT));
    }

    /** A command with several events. */
    static List<? extends DomainEventMessage<?>> punches(
            String employee, String command, long firstSequence, int count) {
        return LongStream.range(firstSequence, firstSequence + count)
                .mapToObj(sequence -> punch(employee, command, sequence))
                .toList();
    }
}

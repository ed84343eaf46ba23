package com.abrohr.attendance.command.eventstore;

import org.axonframework.eventhandling.DomainEventMessage;
import org.jspecify.annotations.Nullable;

/**
 * What the log keeps of a command that was carried out.
 *
 * @param firstEvent the first event that the command stored; its timestamp is recordedAt
 * @param fingerprint of the command's body, lower-case hex; null when it was appended without one
 * @param lastSeq the company's number of the last event that the command stored
 */
public record StoredCommand(
        DomainEventMessage<?> firstEvent, @Nullable String fingerprint, long lastSeq) {}

package com.abrohr.attendance.command.eventstore;

import java.util.Optional;

/**
 * What the log says before a refusal is believed.
 *
 * @param lastSequence sequence number of the aggregate's newest event, -1 when it has none
 * @param lastSeq the company's number of that event, 0 when there is none
 * @param command what the same command stored before, if it did
 */
public record LogCheck(long lastSequence, long lastSeq, Optional<StoredCommand> command) {}

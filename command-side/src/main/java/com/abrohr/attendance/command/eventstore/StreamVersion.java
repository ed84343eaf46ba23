package com.abrohr.attendance.command.eventstore;

/**
 * A stream as it was read.
 *
 * @param sequence of its newest event then
 */
public record StreamVersion(String streamId, long sequence) {}

package com.abrohr.attendance.command.eventlog;

/**
 * A stream as it was read.
 *
 * @param sequence of its newest event then
 */
public record StreamVersion(String streamId, long sequence) {}

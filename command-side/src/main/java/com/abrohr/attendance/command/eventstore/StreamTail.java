package com.abrohr.attendance.command.eventstore;

/**
 * The newest part of a stream, from the event of a type on after which {@code count - 1} more of
 * that type follow; the whole stream where there are fewer.
 *
 * @param payloadType the name of the type in the log
 * @param count at least 1
 */
public record StreamTail(String payloadType, int count) {}

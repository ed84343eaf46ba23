package com.abrohr.attendance.command.eventstore;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How events get into the log and out of it.
 *
 * @param appendTimeout how long a command waits for its commit before it is told that the outcome
 *     is unknown, or that nothing was stored if its turn never came
 * @param queueRows events that may wait for the writer of this node; more are turned away at once
 * @param queueSize bytes that may wait for the writer of this node
 * @param batchRows most events in one commit
 * @param batchSize most bytes in one commit, unless a single command brings more
 * @param maxAppendSize most bytes that one command may store
 * @param readBatch events fetched per query; an aggregate with fewer is loaded by one query
 * @param committedSize most bytes of committed events that may wait for the subscribers in memory;
 *     beyond it they read the log
 * @param fallbackPoll how often readers look by themselves while no notifications come
 */
@Validated
@ConfigurationProperties("attendance.event-store")
public record EventStoreSettings(
        @DefaultValue("5s") Duration appendTimeout,
        @DefaultValue("20000") @Min(1) int queueRows,
        @DefaultValue("64MB") DataSize queueSize,
        @DefaultValue("1000") @Min(1) int batchRows,
        @DefaultValue("4MB") DataSize batchSize,
        @DefaultValue("1MB") DataSize maxAppendSize,
        @DefaultValue("1000") @Min(1) int readBatch,
        @DefaultValue("8MB") DataSize committedSize,
        @DefaultValue("500ms") Duration fallbackPoll) {

    /** The defaults, for tests and for those who build the log by hand. */
    static EventStoreSettings defaults() {
        return new EventStoreSettings(
                Duration.ofSeconds(5),
                20_000,
                DataSize.ofMegabytes(64),
                1_000,
                DataSize.ofMegabytes(4),
                DataSize.ofMegabytes(1),
                1_000,
                DataSize.ofMegabytes(8),
                Duration.ofMillis(500));
    }
}

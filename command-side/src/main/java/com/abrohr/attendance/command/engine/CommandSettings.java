package com.abrohr.attendance.command.engine;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * How much this node takes on at once, and how much of the heap it may use to answer without the
 * database. The defaults suit the heap of 256 MB of the shipped options file.
 *
 * @param commandsInFlight commands being carried out at the same time; more are answered
 *     UNAVAILABLE at once
 * @param aggregateCache time clocks, leave accounts and employees as commands left them
 * @param zoneCache zones of employees
 * @param subjectKeyCache keys of personal data
 */
@Validated
@ConfigurationProperties("attendance.limits")
public record CommandSettings(
        @Min(1) @Max(1_000_000) @DefaultValue("2048") int commandsInFlight,
        @DefaultValue("32MB") DataSize aggregateCache,
        @DefaultValue("4MB") DataSize zoneCache,
        @DefaultValue("8MB") DataSize subjectKeyCache) {}

package com.abrohr.attendance.command.bus;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How much this node takes on at once.
 *
 * @param commandsInFlight commands being carried out at the same time; more are answered
 *     UNAVAILABLE at once
 * @param cachedAggregates aggregates kept in memory
 * @param cachedEmployees employees whose zone is kept in memory
 * @param cachedSubjectKeys keys of personal data kept in memory
 */
@Validated
@ConfigurationProperties("attendance.limits")
public record CommandSettings(
        @Min(1) @Max(1_000_000) @DefaultValue("2048") int commandsInFlight,
        @Min(0) @Max(10_000_000) @DefaultValue("20000") int cachedAggregates,
        @Min(0) @Max(10_000_000) @DefaultValue("20000") int cachedEmployees,
        @Min(0) @Max(10_000_000) @DefaultValue("20000") int cachedSubjectKeys) {}

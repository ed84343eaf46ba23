package com.abrohr.attendance.query.projection;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How the read models follow the log.
 *
 * @param segments into how many segments the companies are spread when the group first starts;
 *     later changes are made with the tokens
 * @param batchSize most events in one transaction
 * @param claimTimeout after which another node takes over the segments of one that is silent
 * @param linger how long events gather for one transaction while no read waits for them
 * @param catchUpInterval how often watched companies are read without a notification, because a
 *     node can die between its commit and that
 * @param readPatience how long a read waits for the write that it is asked to show
 * @param maxLag age of the oldest event that is not projected beyond which the node is not ready
 */
@ConfigurationProperties("attendance.projection")
@Validated
public record ProjectionSettings(
        @DefaultValue("2") @Min(1) @Max(16) int segments,
        @DefaultValue("2000") @Min(1) @Max(5000) int batchSize,
        @DefaultValue("5s") Duration claimTimeout,
        @DefaultValue("40ms") Duration linger,
        @DefaultValue("5s") Duration catchUpInterval,
        @DefaultValue("5s") Duration readPatience,
        @DefaultValue("10s") Duration maxLag) {}

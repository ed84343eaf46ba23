package com.abrohr.attendance.app.web;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How many HTTP requests a node works on at once; each costs some 40 KB, whoever sends it.
 *
 * @param requests being answered or read; whoever comes on top is answered 503, and those that have
 *     been sending for more than 2 s are ended to make room
 * @param unfinishedRequests whose headers have not arrived completely; the newest is closed
 * @param unauthenticatedAtOnce whose headers are read at once, and which open a socket or poll; the
 *     others wait for their turn
 * @param requestTime how long headers may take, and how long a request with its body may; then its
 *     connection is closed. A poll that waits is not meant
 */
@Validated
@ConfigurationProperties("attendance.limits")
record RequestLimits(
        @DefaultValue("1000") @Min(1) int requests,
        @DefaultValue("400") @Min(1) int unfinishedRequests,
        @DefaultValue("1") @Min(1) int unauthenticatedAtOnce,
        @DefaultValue("30s") Duration requestTime) {}

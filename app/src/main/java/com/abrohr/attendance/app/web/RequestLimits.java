package com.abrohr.attendance.app.web;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * How many HTTP requests a node works on at once; each costs some 40 KB.
 *
 * @param requests being answered or read; beyond it a request is answered 503, and those that have
 *     been sending for more than 2 s are ended to make room
 * @param unfinishedRequests whose headers have not arrived completely; the newest is closed
 * @param requestTime how long headers may take, and how long a request with its body may; then its
 *     connection is closed. Waiting polls are excepted
 */
@Validated
@ConfigurationProperties("attendance.limits")
record RequestLimits(
        @DefaultValue("1000") @Min(1) int requests,
        @DefaultValue("400") @Min(1) int unfinishedRequests,
        @DefaultValue("30s") Duration requestTime) {}

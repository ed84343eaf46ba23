package com.abrohr.attendance.edge.session;

import jakarta.validation.constraints.Pattern;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

import java.time.Duration;

/**
 * Settings of the socket edge.
 *
 * @param pingInterval from a pong to the next ping
 * @param pingTimeout how long a client may take to answer a ping
 * @param node this node's name for the proxy in front of several edges: every sid begins with it;
 *     letters, digits, dashes and underscores, 32 at most
 */
@Validated
@ConfigurationProperties("attendance.edge")
record EdgeSettings(
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("") @Pattern(regexp = "[A-Za-z0-9_-]{0,32}") String node) {}

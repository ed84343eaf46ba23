package com.abrohr.attendance.edge.session;

import jakarta.validation.constraints.Min;
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
 * @param outboundBytes what may wait for one client before it is closed as too slow
 * @param inboundMessages what of one client may wait for its turn before it is closed
 * @param connections sockets at once on this node; more are answered 503
 * @param node this node's name for the proxy in front of several edges: every sid begins with it;
 *     letters, digits, dashes and underscores, 32 at most
 */
@Validated
@ConfigurationProperties("attendance.edge")
record EdgeSettings(
        @DefaultValue("25s") Duration pingInterval,
        @DefaultValue("20s") Duration pingTimeout,
        @DefaultValue("1048576") @Min(65_536) int outboundBytes,
        @DefaultValue("128") @Min(1) int inboundMessages,
        @DefaultValue("20000") @Min(1) int connections,
        @DefaultValue("") @Pattern(regexp = "[A-Za-z0-9_-]{0,32}") String node) {}

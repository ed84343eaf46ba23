package com.abrohr.attendance.edge.engineio;

import jakarta.validation.constraints.Min;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

import java.util.stream.Stream;

/**
 * How much the clients of a node may take of it: connections, and memory for what waits to be
 * handled, read or completed. Of those who ask for more than is left the newest is refused. The
 * defaults suit the heap of 256 MB of the shipped options file.
 *
 * @param connections sockets at once on this node; more are answered 503
 * @param connectionsPerAddress the same from one IP address; an office or a proxy is one
 * @param connectionsPerPerson of one person of one company; more are refused when they join
 * @param unauthenticatedConnections that have shown no token yet
 * @param unauthenticatedConnectionsPerAddress the same from one IP address
 * @param unauthenticatedAtOnce sockets without a token whose messages are read or handled at once;
 *     counted separately, requests whose headers are read. The others wait in order
 * @param personAtOnce sockets of one person whose messages are read or handled at once
 * @param memory of all sockets together
 * @param unauthenticatedMemory of all that have shown no token yet
 * @param unauthenticatedMemoryPerAddress the same from one IP address
 * @param memoryPerCompany of all sockets of one company
 * @param memoryPerPerson of all sockets of one person
 * @param outboundPerClient what may wait for one socket before it is closed as too slow
 * @param inboundPerClient what of one socket may wait to be handled before no more is read from it
 * @param unreadPerClient what may wait for one socket before nothing more of it is handled
 */
@Validated
@ConfigurationProperties("attendance.limits")
public record EngineLimits(
        @DefaultValue("20000") @Min(1) int connections,
        @DefaultValue("20000") @Min(1) int connectionsPerAddress,
        @DefaultValue("256") @Min(1) int connectionsPerPerson,
        @DefaultValue("4000") @Min(1) int unauthenticatedConnections,
        @DefaultValue("2000") @Min(1) int unauthenticatedConnectionsPerAddress,
        @DefaultValue("1") @Min(1) int unauthenticatedAtOnce,
        @DefaultValue("1") @Min(1) int personAtOnce,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("8MB") DataSize unauthenticatedMemory,
        @DefaultValue("4MB") DataSize unauthenticatedMemoryPerAddress,
        @DefaultValue("24MB") DataSize memoryPerCompany,
        @DefaultValue("4MB") DataSize memoryPerPerson,
        @DefaultValue("1MB") DataSize outboundPerClient,
        @DefaultValue("64KB") DataSize inboundPerClient,
        @DefaultValue("128KB") DataSize unreadPerClient) {

    public EngineLimits {
        if (Stream.of(
                        memory,
                        unauthenticatedMemory,
                        unauthenticatedMemoryPerAddress,
                        memoryPerCompany,
                        memoryPerPerson,
                        outboundPerClient,
                        inboundPerClient,
                        unreadPerClient)
                .anyMatch(size -> size.toBytes() <= 0)) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}

package com.abrohr.attendance.edge.engineio;

/**
 * How much clients may take of a node. Bytes are those of what waits to be handled, to be read by
 * its client or to be completed; whoever asks for more than is left is refused, so that those who
 * came before notice nothing.
 *
 * @param connections at once on this node; more are answered 503
 * @param connectionsPerAddress the same from one IP address, which an office or a proxy may share
 * @param connectionsPerPerson that have joined a namespace as the same person
 * @param unjoinedConnections that have joined no namespace yet
 * @param unjoinedConnectionsPerAddress the same from one IP address
 * @param unjoinedAtOnce whose messages are read or handled at once, of those that have joined no
 *     namespace yet
 * @param personAtOnce the same of one person
 * @param bytes of all clients
 * @param unjoinedBytes of all clients that have joined no namespace yet
 * @param unjoinedBytesPerAddress the same from one IP address
 * @param bytesPerCompany of all people of one company
 * @param bytesPerPerson of all connections of one person
 * @param outboundBytes that may wait for one client before it is closed as too slow
 * @param inboundBytes of one client that wait for their handler before no more is read from it
 * @param unreadBytes waiting for one client from which on nothing more of it is handled
 */
public record EngineLimits(
        int connections,
        int connectionsPerAddress,
        int connectionsPerPerson,
        int unjoinedConnections,
        int unjoinedConnectionsPerAddress,
        int unjoinedAtOnce,
        int personAtOnce,
        long bytes,
        long unjoinedBytes,
        long unjoinedBytesPerAddress,
        long bytesPerCompany,
        long bytesPerPerson,
        int outboundBytes,
        int inboundBytes,
        int unreadBytes) {

    private static final int MEBI = 1 << 20;

    public EngineLimits {
        if (connections <= 0
                || connectionsPerAddress <= 0
                || connectionsPerPerson <= 0
                || unjoinedConnections <= 0
                || unjoinedConnectionsPerAddress <= 0
                || unjoinedAtOnce <= 0
                || personAtOnce <= 0
                || bytes <= 0
                || unjoinedBytes <= 0
                || unjoinedBytesPerAddress <= 0
                || bytesPerCompany <= 0
                || bytesPerPerson <= 0
                || outboundBytes <= 0
                || inboundBytes <= 0
                || unreadBytes <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    /** For a heap of 256 MB. */
    public static EngineLimits defaults() {
        return new EngineLimits(
                20_000,
                20_000,
                256,
                4_000,
                2_000,
                1,
                1,
                64L * MEBI,
                16L * MEBI,
                8L * MEBI,
                24L * MEBI,
                8L * MEBI,
                MEBI,
                1 << 16,
                1 << 17);
    }
}

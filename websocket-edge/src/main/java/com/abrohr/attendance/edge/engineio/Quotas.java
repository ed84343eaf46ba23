package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The quotas of one endpoint. An unauthenticated connection counts against its address, all
 * unauthenticated ones and the node; an authenticated one against its person, its company and the
 * node.
 */
final class Quotas {
    private final EngineLimits limits;
    private final Quota node;
    private final Quota unauthenticated;
    private final ConcurrentHashMap<String, Quota> addresses = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Quota> unauthenticatedAddresses =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Quota> companies = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<ClientIdentity, Quota> people = new ConcurrentHashMap<>();

    Quotas(EngineLimits limits) {
        this.limits = limits;
        node = new Quota(null, Long.MAX_VALUE, limits.memory().toBytes());
        unauthenticated =
                new Quota(
                        node,
                        limits.unauthenticatedConnections(),
                        limits.unauthenticatedMemory().toBytes(),
                        new ConcurrencyLimiter(limits.unauthenticatedAtOnce()));
    }

    /** Bytes reserved by all clients. */
    long bytes() {
        return node.bytes();
    }

    /** Whether {@link #openConnection} would succeed now. */
    boolean acceptsConnectionFrom(String address) {
        Quota all = addresses.get(address);
        Quota fromAddress = unauthenticatedAddresses.get(address);
        return (all == null || all.acceptsConnection())
                && (fromAddress == null ? unauthenticated : fromAddress).acceptsConnection();
    }

    /** Counts an unauthenticated connection; null when the address or the node has too many. */
    @Nullable Lease openConnection(String address) {
        Quota all =
                addConnection(
                        addresses,
                        address,
                        () -> new Quota(null, limits.connectionsPerAddress(), Long.MAX_VALUE));
        if (all == null) {
            return null;
        }
        Quota fromAddress =
                addConnection(
                        unauthenticatedAddresses,
                        address,
                        () ->
                                new Quota(
                                        unauthenticated,
                                        limits.unauthenticatedConnectionsPerAddress(),
                                        limits.unauthenticatedMemoryPerAddress().toBytes()));
        if (fromAddress == null) {
            removeConnection(addresses, address);
            return null;
        }
        return new Lease(
                fromAddress,
                () -> removeConnection(unauthenticatedAddresses, address),
                () -> removeConnection(addresses, address));
    }

    /**
     * Counts a connection of an authenticated client; null when the client has too many.
     *
     * @param before stays counted; its holder ends it
     */
    @Nullable Lease bind(ClientIdentity client, Lease before) {
        // A company's quota is removed with its last connection, so this one is added there first.
        Quota company =
                addConnection(
                        companies,
                        client.company(),
                        () -> new Quota(node, Long.MAX_VALUE, limits.memoryPerCompany().toBytes()));
        if (company == null) {
            return null;
        }
        Quota person =
                addConnection(
                        people,
                        client,
                        () ->
                                new Quota(
                                        company,
                                        limits.connectionsPerPerson(),
                                        limits.memoryPerPerson().toBytes(),
                                        new ConcurrencyLimiter(limits.personAtOnce())));
        // The person's quota has counted it in the company too, or has refused it.
        removeConnection(companies, client.company());
        return person == null
                ? null
                : new Lease(person, () -> removePerson(client), before.endOfAddress());
    }

    private void removePerson(ClientIdentity client) {
        removeConnection(people, client);
        companies.computeIfPresent(
                client.company(), (_, company) -> company.connections() == 0 ? null : company);
    }

    private static <K> @Nullable Quota addConnection(
            ConcurrentHashMap<K, Quota> quotas, K key, Supplier<Quota> created) {
        boolean[] added = new boolean[1];
        Quota quota =
                quotas.compute(
                        key,
                        (_, known) -> {
                            Quota counting = known == null ? created.get() : known;
                            added[0] = counting.tryAddConnection();
                            return counting.connections() == 0 ? null : counting;
                        });
        return added[0] ? quota : null;
    }

    private static <K> void removeConnection(ConcurrentHashMap<K, Quota> quotas, K key) {
        quotas.computeIfPresent(
                key,
                (_, quota) -> {
                    quota.removeConnection();
                    return quota.connections() == 0 ? null : quota;
                });
    }

    /**
     * One connection's count.
     *
     * @param end removes the connection from its quota
     * @param endOfAddress removes it from the count of its address
     */
    record Lease(Quota quota, Runnable end, Runnable endOfAddress) {}
}

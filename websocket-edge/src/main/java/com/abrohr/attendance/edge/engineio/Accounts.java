package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The accounts of all who are connected to one endpoint. */
final class Accounts {

    private final EngineLimits limits;
    private final Account node;
    private final Account unjoined;
    private final ConcurrentHashMap<String, Account> addresses = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Account> unjoinedAddresses = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Account> companies = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Owner, Account> people = new ConcurrentHashMap<>();

    Accounts(EngineLimits limits) {
        this.limits = limits;
        node = new Account(null, Long.MAX_VALUE, limits.bytes());
        unjoined =
                new Account(
                        node,
                        limits.unjoinedConnections(),
                        limits.unjoinedBytes(),
                        new Turns(limits.unjoinedAtOnce()));
    }

    /** Bytes held for all clients. */
    long bytes() {
        return node.bytes();
    }

    /** Whether a connection from this address would find a place now. */
    boolean hasPlaceFor(String address) {
        Account all = addresses.get(address);
        Account strangers = unjoinedAddresses.get(address);
        return (all == null || all.hasPlace())
                && (strangers == null ? unjoined.hasPlace() : strangers.hasPlace());
    }

    /** The place of a connection that nobody has joined with; null when there is none left. */
    @Nullable Place arrive(String address) {
        Account all =
                entered(
                        addresses,
                        address,
                        () -> new Account(null, limits.connectionsPerAddress(), Long.MAX_VALUE));
        if (all == null) {
            return null;
        }
        Account strangers =
                entered(
                        unjoinedAddresses,
                        address,
                        () ->
                                new Account(
                                        unjoined,
                                        limits.unjoinedConnectionsPerAddress(),
                                        limits.unjoinedBytesPerAddress()));
        if (strangers == null) {
            left(addresses, address);
            return null;
        }
        return new Place(
                strangers, () -> left(unjoinedAddresses, address), () -> left(addresses, address));
    }

    /** The place of a person's connection; null when the person has enough. */
    @Nullable Place join(Owner owner, Place before) {
        // The company's account goes with its last connection, so this one is counted there first.
        Account company =
                entered(
                        companies,
                        owner.company(),
                        () -> new Account(node, Long.MAX_VALUE, limits.bytesPerCompany()));
        if (company == null) {
            return null;
        }
        Account person =
                entered(
                        people,
                        owner,
                        () ->
                                new Account(
                                        company,
                                        limits.connectionsPerPerson(),
                                        limits.bytesPerPerson(),
                                        new Turns(limits.personAtOnce())));
        // The person has counted it a second time, or has refused it.
        left(companies, owner.company());
        return person == null ? null : new Place(person, () -> leave(owner), before.leaveAddress());
    }

    private void leave(Owner owner) {
        left(people, owner);
        companies.computeIfPresent(
                owner.company(), (_, company) -> company.connections() == 0 ? null : company);
    }

    private static <K> @Nullable Account entered(
            ConcurrentHashMap<K, Account> accounts, K key, Supplier<Account> opened) {
        boolean[] entered = new boolean[1];
        Account account =
                accounts.compute(
                        key,
                        (_, known) -> {
                            Account asked = known == null ? opened.get() : known;
                            entered[0] = asked.enter();
                            return asked.connections() == 0 ? null : asked;
                        });
        return entered[0] ? account : null;
    }

    private static <K> void left(ConcurrentHashMap<K, Account> accounts, K key) {
        accounts.computeIfPresent(
                key,
                (_, account) -> {
                    account.leave();
                    return account.connections() == 0 ? null : account;
                });
    }

    /**
     * Where a connection is counted.
     *
     * @param leave ends its count there
     * @param leaveAddress ends its count with its address
     */
    record Place(Account account, Runnable leave, Runnable leaveAddress) {}
}

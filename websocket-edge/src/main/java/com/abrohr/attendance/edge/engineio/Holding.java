package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

/**
 * The bytes held for one connection, charged to an account in whole blocks, so that an idle or
 * quick client costs no accounting. Safe for use from any thread.
 */
final class Holding {

    private static final int BLOCK = 4_096;

    private Accounts.@Nullable Place place;

    /** Who keeps it: the connection, and each request whose body or answer is held for it. */
    private int keepers = 1;

    private long bytes;
    private long charged;

    Holding(Accounts.Place place) {
        this.place = place;
    }

    /** False, and nothing changed, when there is no room for so many more. */
    synchronized boolean grow(long amount) {
        long due = due(bytes + amount);
        if (place != null && due > charged && !place.account().take(due - charged)) {
            return false;
        }
        charged = Math.max(charged, due);
        bytes += amount;
        return true;
    }

    /** For what must be held whether there is room or not. */
    synchronized void force(long amount) {
        bytes += amount;
        settle();
    }

    synchronized void shrink(long amount) {
        bytes -= amount;
        settle();
    }

    private void settle() {
        long due = due(bytes);
        if (place != null && due != charged) {
            place.account().force(due - charged);
            charged = due;
        }
    }

    /** The first block is free: it goes with the connection, of which there are only so many. */
    private static long due(long bytes) {
        return bytes <= BLOCK ? 0 : Math.ceilDiv(bytes, BLOCK) * BLOCK;
    }

    /** Moves to the account of its owner; false, and nothing changed, when that takes no more. */
    synchronized boolean join(Accounts accounts, Owner owner) {
        Accounts.Place before = place;
        if (before == null) {
            return true;
        }
        Accounts.Place after = accounts.join(owner, before);
        if (after == null) {
            return false;
        }
        after.account().force(charged);
        before.account().give(charged);
        before.leave().run();
        place = after;
        return true;
    }

    /** Null when nothing is counted any more. */
    synchronized @Nullable Turns turns() {
        return place == null ? null : place.account().turns();
    }

    /** Somebody else for whom it must not end; each calls {@link #leave}. */
    synchronized void keep() {
        keepers++;
    }

    /** Gives everything back when nobody keeps it any more; nothing is counted from then on. */
    synchronized void leave() {
        keepers--;
        Accounts.Place last = place;
        if (keepers == 0 && last != null) {
            last.account().give(charged);
            last.leave().run();
            last.leaveAddress().run();
            place = null;
            charged = 0;
        }
    }
}

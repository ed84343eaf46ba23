package com.abrohr.attendance.command.engine;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.UUID;

/**
 * The ids of an aggregate's last {@value #KEPT} commands: the fast path that spares a repeat its
 * append. The guarantee is the log's unique index.
 */
public final class RecentCommands {
    private static final int KEPT = 32;
    private static final int FIRST_ROOM = 4;
    private static final int UUID_LENGTH = 36;
    private static final int UUID_BYTES = HeapSize.ofObject(2 * Long.BYTES);

    /** A ring once it is full. */
    private @Nullable Object[] ids = new Object[FIRST_ROOM];

    private int size;
    private int next;
    private int idBytes;

    /**
     * @throws CommandRepeated when this command is among them
     */
    public void mustNotHold(String commandId) {
        Object id = compact(commandId);
        for (Object known : ids) {
            if (id.equals(known)) {
                throw new CommandRepeated();
            }
        }
    }

    /** Remembers the id of the command behind an event; the steps of one command count once. */
    public void remember(@Nullable String commandId) {
        if (commandId == null) {
            return;
        }
        Object id = compact(commandId);
        if (id.equals(ids[(next + ids.length - 1) % ids.length])) {
            return;
        }
        if (size == ids.length && size < KEPT) {
            ids = Arrays.copyOf(ids, 2 * size);
            next = size;
        }
        Object forgotten = ids[next];
        if (forgotten == null) {
            size++;
        } else {
            idBytes -= bytesOf(forgotten);
        }
        ids[next] = id;
        idBytes += bytesOf(id);
        next = (next + 1) % ids.length;
    }

    int size() {
        return size;
    }

    public int retainedBytes() {
        return HeapSize.ofObject(HeapSize.REFERENCE + 3 * Integer.BYTES)
                + HeapSize.ofArray(ids.length, HeapSize.REFERENCE)
                + idBytes;
    }

    /** Most clients send UUIDs, which take a third of their text. */
    private static Object compact(String commandId) {
        if (commandId.length() != UUID_LENGTH) {
            return commandId;
        }
        try {
            UUID uuid = UUID.fromString(commandId);
            return uuid.toString().equals(commandId) ? uuid : commandId;
        } catch (IllegalArgumentException e) {
            return commandId;
        }
    }

    private static int bytesOf(Object id) {
        return id instanceof String text ? HeapSize.of(text) : UUID_BYTES;
    }
}

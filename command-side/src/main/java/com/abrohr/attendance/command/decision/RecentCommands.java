package com.abrohr.attendance.command.decision;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The ids of an aggregate's last {@value #KEPT} commands: the fast path that spares a repeat its
 * append. The log's unique index is what holds.
 */
public final class RecentCommands {

    private static final int KEPT = 32;

    private final Deque<String> ids = new ArrayDeque<>();

    /**
     * @throws CommandRepeated when this command is among them
     */
    public void mustNotHold(String commandId) {
        if (ids.contains(commandId)) {
            throw new CommandRepeated();
        }
    }

    /** Remembers the id of the command behind an event; the steps of one command count once. */
    public void remember(@Nullable String commandId) {
        if (commandId == null || commandId.equals(ids.peekLast())) {
            return;
        }
        ids.addLast(commandId);
        if (ids.size() > KEPT) {
            ids.removeFirst();
        }
    }

    int size() {
        return ids.size();
    }
}

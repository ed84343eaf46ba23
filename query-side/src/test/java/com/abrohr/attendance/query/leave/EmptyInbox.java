package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.query.livefeed.BoardInbox;

import java.util.List;

/** The inbox of a company of which nothing is stored. */
public final class EmptyInbox {
    private EmptyInbox() {}

    public static BoardInbox create() {
        return new LeaveInbox(List.of());
    }
}

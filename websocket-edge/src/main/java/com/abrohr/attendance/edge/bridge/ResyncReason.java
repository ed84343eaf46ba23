package com.abrohr.attendance.edge.bridge;

/** Why a client must read the lists again; documented in docs/protocol.md. */
public enum ResyncReason {
    EPOCH_CHANGED("the epoch changed"),
    TOO_MUCH("too much was missed"),
    UNREADABLE("what was missed cannot be read now"),
    NOT_FOLLOWED("the feed was not followed for a while"),
    BOARD_UNREADABLE("the board cannot be read now");

    private final String text;

    ResyncReason(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}

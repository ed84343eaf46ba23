package com.abrohr.attendance.query.livefeed;

import java.util.UUID;

/** Names this process among the nodes, anew with each start. */
public record NodeId(String value) {

    public static NodeId random() {
        return new NodeId(UUID.randomUUID().toString());
    }
}

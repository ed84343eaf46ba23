package com.abrohr.attendance.app.settings;

/** What a node listens to; every node decides its own commands in its own process. */
public enum NodeRole {
    /** The REST write routes. */
    COMMAND,
    /** The REST read routes, and the projections that keep the read models. */
    QUERY,
    /** The sockets and the dashboard page. */
    EDGE
}

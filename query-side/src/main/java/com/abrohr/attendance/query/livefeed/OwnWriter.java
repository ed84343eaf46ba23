package com.abrohr.attendance.query.livefeed;

/**
 * Tells the notifications of this node's own writer from those of other nodes: what it writes comes
 * from memory and need not be read.
 */
@FunctionalInterface
public interface OwnWriter {

    /**
     * @param backendPid the PostgreSQL backend that has sent a notification
     */
    boolean isItsBackend(int backendPid);
}

package com.abrohr.attendance.command.eventstore;

/** Called with what every node appends, on the listening thread, which it must not block. */
public interface AppendListener {
    /**
     * @param backendPid the PostgreSQL backend of the writer
     * @param globalIndex the last place of the log
     */
    void appended(int backendPid, long globalIndex);

    /** Notifications may have been missed. */
    void mayHaveMissed();
}

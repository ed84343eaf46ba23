package com.abrohr.attendance.command.eventlog;

/** Hears what every node appends, on the thread that listens, which it must not keep. */
public interface AppendHearer {

    /**
     * @param backendPid the PostgreSQL backend of the writer
     * @param globalIndex the last place of the log
     */
    void appended(int backendPid, long globalIndex);

    /** Nothing was heard for a while. */
    void mayHaveMissed();
}

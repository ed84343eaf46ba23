package com.abrohr.attendance.command.eventlog;

/** Metadata that speaks to the log and is not stored as metadata of the event. */
public final class AppendMetadata {

    /** SHA-256 of the command's body in hex; kept in a column of the command's first event. */
    public static final String FINGERPRINT = "fingerprint";

    private AppendMetadata() {}
}

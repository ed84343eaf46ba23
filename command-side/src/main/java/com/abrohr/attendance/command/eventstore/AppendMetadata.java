package com.abrohr.attendance.command.eventstore;

/** Metadata for the log itself; it is not stored as metadata of the event. */
public final class AppendMetadata {
    /** SHA-256 of the command's body in hex; kept in a column of the command's first event. */
    public static final String FINGERPRINT = "fingerprint";

    /**
     * A {@link StreamVersion}: what the command was decided on besides its own aggregate. Its
     * events are stored only while that stream has nothing newer.
     */
    public static final String UNCHANGED = "unchanged";

    private AppendMetadata() {}
}

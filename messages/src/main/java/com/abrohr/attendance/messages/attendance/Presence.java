package com.abrohr.attendance.messages.attendance;

/** Where an employee stands now. */
public enum Presence {
    IN,
    OUT,
    ON_LEAVE,
    /** The facts could not be projected: look at the dead letters. */
    UNKNOWN
}

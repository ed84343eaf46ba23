package com.abrohr.attendance.app.archfixture;

import java.time.Instant;

/** Illegal: a time that no test can set. */
public final class AskingForNow {
    public Instant now() {
        return Instant.now();
    }
}

package com.abrohr.attendance.app.archfixture;

import org.springframework.beans.factory.annotation.Autowired;

import java.time.Clock;

/** Illegal: needs a container to be made. */
public final class FieldInjected {
    @Autowired private Clock clock;

    public Clock clock() {
        return clock;
    }
}

package com.abrohr.attendance.query.leave.archfixture;

import com.abrohr.attendance.query.punch.archfixture.PunchesThatKnowLeave;

/** Illegal: a feature that depends on another; with that one it is a cycle of packages as well. */
public final class LeaveThatKnowsPunches {
    public Class<?> other() {
        return PunchesThatKnowLeave.class;
    }
}

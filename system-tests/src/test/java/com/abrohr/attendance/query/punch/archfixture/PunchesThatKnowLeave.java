package com.abrohr.attendance.query.punch.archfixture;

import com.abrohr.attendance.query.leave.archfixture.LeaveThatKnowsPunches;

/** Illegal: see {@link LeaveThatKnowsPunches}. */
public final class PunchesThatKnowLeave {
    public Class<?> other() {
        return LeaveThatKnowsPunches.class;
    }
}

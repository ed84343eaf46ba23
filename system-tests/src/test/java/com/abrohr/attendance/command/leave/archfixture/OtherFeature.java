package com.abrohr.attendance.command.leave.archfixture;

import com.abrohr.attendance.command.attendance.archfixture.FeatureThatKnowsAnother;

/** Illegal: the other half of a cycle. */
public final class OtherFeature {
    public Class<?> other() {
        return FeatureThatKnowsAnother.class;
    }
}

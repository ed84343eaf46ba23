package com.abrohr.attendance.command.attendance.archfixture;

import com.abrohr.attendance.command.leave.archfixture.OtherFeature;

/** Illegal: a feature that depends on another, which depends on it. */
public final class FeatureThatKnowsAnother {
    public Class<?> other() {
        return OtherFeature.class;
    }
}

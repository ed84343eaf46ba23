package com.abrohr.attendance.command.engine.archfixture;

import com.abrohr.attendance.command.leave.archfixture.OtherFeature;

/** Illegal: an engine that depends on a feature. */
public final class EngineThatKnowsAFeature {
    public Class<?> feature() {
        return OtherFeature.class;
    }
}

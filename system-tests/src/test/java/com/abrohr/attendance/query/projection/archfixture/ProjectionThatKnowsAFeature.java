package com.abrohr.attendance.query.projection.archfixture;

import com.abrohr.attendance.query.leave.archfixture.LeaveThatKnowsPunches;

/** Illegal: an engine that depends on a feature, and so grows with every feature. */
public final class ProjectionThatKnowsAFeature {
    public Class<?> feature() {
        return LeaveThatKnowsPunches.class;
    }
}

package com.abrohr.attendance.edge.archfixture.cycle.inner;

import com.abrohr.attendance.edge.archfixture.cycle.EdgePackageInACycle;

/** The other half of the cycle. */
public final class EdgePackageThatLooksBack {
    public void call(EdgePackageInACycle outer) {
        outer.call(this);
    }
}

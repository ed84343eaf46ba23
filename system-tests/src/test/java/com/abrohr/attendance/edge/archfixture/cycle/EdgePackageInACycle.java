package com.abrohr.attendance.edge.archfixture.cycle;

import com.abrohr.attendance.edge.archfixture.cycle.inner.EdgePackageThatLooksBack;

/** Illegal: its package depends on one that depends on it. */
public final class EdgePackageInACycle {
    public void call(EdgePackageThatLooksBack inner) {
        inner.call(this);
    }
}

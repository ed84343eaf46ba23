package com.abrohr.attendance.app.archfixture.cycle.inner;

import com.abrohr.attendance.app.archfixture.cycle.AppPackageInACycle;

/** The other half of the cycle. */
public final class AppPackageThatLooksBack {
    public void call(AppPackageInACycle outer) {
        outer.call(this);
    }
}

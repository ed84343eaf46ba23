package com.abrohr.attendance.app.archfixture.cycle;

import com.abrohr.attendance.app.archfixture.cycle.inner.AppPackageThatLooksBack;

/** Illegal: its package depends on one that depends on it. */
public final class AppPackageInACycle {
    public void call(AppPackageThatLooksBack inner) {
        inner.call(this);
    }
}

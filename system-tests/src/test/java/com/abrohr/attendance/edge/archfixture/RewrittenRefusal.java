package com.abrohr.attendance.edge.archfixture;

import com.abrohr.attendance.messages.Refusal;

/** Illegal: a word is replaced wherever it stands. */
public final class RewrittenRefusal {

    String inOtherWords(Refusal refusal) {
        return refusal.reason().replace("occurredAt", "timestamp");
    }
}

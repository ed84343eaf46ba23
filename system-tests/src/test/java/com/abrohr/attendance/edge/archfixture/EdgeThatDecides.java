package com.abrohr.attendance.edge.archfixture;

import com.abrohr.attendance.command.archfixture.PublicAggregate;

/** Illegal: an edge that goes past the command bus. */
public final class EdgeThatDecides {
    public String decides(PublicAggregate aggregate) {
        return aggregate.id();
    }
}

package com.abrohr.attendance.query.archfixture;

import com.abrohr.attendance.command.archfixture.PublicAggregate;

/** Illegal: a query side that holds an aggregate. */
public final class QuerySideThatDecides {
    public String decides(PublicAggregate aggregate) {
        return aggregate.id();
    }
}

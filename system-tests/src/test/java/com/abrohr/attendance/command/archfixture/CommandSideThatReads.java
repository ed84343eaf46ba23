package com.abrohr.attendance.command.archfixture;

import com.abrohr.attendance.query.archfixture.QuerySideThatDecides;

/** Illegal: a command side that reaches into the query side. */
public final class CommandSideThatReads {
    public Class<?> reads() {
        return QuerySideThatDecides.class;
    }
}

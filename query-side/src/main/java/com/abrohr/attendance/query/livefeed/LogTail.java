package com.abrohr.attendance.query.livefeed;

import java.util.List;

/** The end of the whole log, read for what other nodes have written. */
interface LogTail {

    /** Events between two places of the log, both excluded, in its order. */
    List<LogRow> between(long after, long before, int limit);

    /** The epoch of the numbers, and the last place of the log. */
    Head head();

    /** Makes numbers given before worthless, unless somebody else has done so since. */
    void renewEpoch(String known);

    /**
     * @param lastIndex 0 for an empty log
     */
    record Head(String epoch, long lastIndex) {}
}

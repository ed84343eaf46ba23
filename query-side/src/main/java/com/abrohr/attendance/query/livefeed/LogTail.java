package com.abrohr.attendance.query.livefeed;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;

/** The end of the whole log, read in the stream role, for what other nodes have written. */
final class LogTail {

    private static final String AFTER =
            "select "
                    + LogRows.COLUMNS
                    + """
                    from event_log e
                    where e.global_index > ? and e.global_index < ?
                    order by e.global_index limit ?
                    """;

    private final JdbcTemplate jdbc;
    private final LogRows rows;

    /**
     * @param jdbc on the stream pool
     */
    LogTail(JdbcTemplate jdbc, LogRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Events between two places of the log, both excluded, in its order. */
    List<LogRow> between(long after, long before, int limit) {
        return jdbc.query(AFTER, rows, after, before, limit);
    }

    /** The epoch of the numbers, and the last place of the log. */
    Head head() {
        return jdbc.queryForObject(
                "select cast(epoch as text), last_index from log_epoch, event_log_head",
                (row, _) -> new Head(row.getString(1), row.getLong(2)));
    }

    /**
     * @param lastIndex 0 for an empty log
     */
    record Head(String epoch, long lastIndex) {}

    /** Makes numbers given before worthless, unless somebody else has done so since. */
    void renewEpoch(String known) {
        jdbc.update(
                "update log_epoch set epoch = gen_random_uuid() where cast(epoch as text) = ?",
                known);
    }

    /** A log that was loaded into another server may lack what was written since. */
    boolean renewEpochOfACopy() {
        return jdbc.update(
                        """
                        update log_epoch set epoch = gen_random_uuid(),
                            system_identifier = c.system_identifier
                        from pg_control_system() c
                        where log_epoch.system_identifier <> c.system_identifier""")
                > 0;
    }
}

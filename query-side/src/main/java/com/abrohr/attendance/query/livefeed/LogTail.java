package com.abrohr.attendance.query.livefeed;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;

/** The end of the whole log, read in the stream role. */
final class LogTail {
    /**
     * The epoch of the numbers, and the last index of the log.
     *
     * @param lastIndex 0 for an empty log
     */
    record Head(String epoch, long lastIndex) {}

    private static final String AFTER =
            "select "
                    + LogRowMapper.COLUMNS
                    + """
                    from event_log e
                    where e.global_index > ? and e.global_index < ?
                    order by e.global_index limit ?
                    """;

    private final JdbcTemplate jdbc;
    private final LogRowMapper rows;

    /**
     * @param jdbc on the stream pool
     */
    LogTail(JdbcTemplate jdbc, LogRowMapper rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /** Events between two indexes of the log, both excluded, in its order. */
    List<LogRow> between(long after, long before, int limit) {
        return jdbc.query(AFTER, rows, after, before, limit);
    }

    Head head() {
        return jdbc.queryForObject(
                "select cast(epoch as text), last_index from log_epoch, event_log_head",
                (row, _) -> new Head(row.getString(1), row.getLong(2)));
    }

    /** Invalidates the numbers given before, unless another node has done so since. */
    void renewEpoch(String known) {
        jdbc.update(
                "update log_epoch set epoch = gen_random_uuid() where cast(epoch as text) = ?",
                known);
    }

    /** Renews the epoch of a log that another server wrote: it may lack newer events. */
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

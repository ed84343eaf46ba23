package com.abrohr.attendance.query.livefeed;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.List;

/** Asks PostgreSQL in the stream role. */
final class JdbcLogTail implements LogTail {

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
    JdbcLogTail(JdbcTemplate jdbc, LogRows rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    @Override
    public List<LogRow> between(long after, long before, int limit) {
        return jdbc.query(AFTER, rows, after, before, limit);
    }

    @Override
    public Head head() {
        return jdbc.queryForObject(
                "select cast(epoch as text), last_index from log_epoch, event_log_head",
                (row, _) -> new Head(row.getString(1), row.getLong(2)));
    }

    @Override
    public void renewEpoch(String known) {
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

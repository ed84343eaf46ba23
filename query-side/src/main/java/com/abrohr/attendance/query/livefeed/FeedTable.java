package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

import java.time.OffsetDateTime;
import java.util.List;

/** The stored feed, read on whichever connection the template has. */
public final class FeedTable {

    private static final String COLUMNS =
            """
            select company_id, seq, managers_prev, employee_prev, employee_id, recorded_at,
                   cast(payload as text)
            from feed_entry where company_id = ?\s""";

    private final JdbcTemplate jdbc;
    private final RowMapper<FeedEntry> mapper;

    public FeedTable(JdbcTemplate jdbc, FeedJson json) {
        this.jdbc = jdbc;
        this.mapper =
                (row, _) ->
                        json.read(
                                new FeedRow(
                                        row.getString(1),
                                        row.getLong(2),
                                        row.getLong(3),
                                        row.getLong(4),
                                        row.getString(5),
                                        row.getObject(6, OffsetDateTime.class).toInstant()),
                                row.getString(7));
    }

    /** Entries after a number, oldest first. */
    List<FeedEntry> after(String companyId, long seq, int limit) {
        return after(companyId, null, seq, limit);
    }

    /**
     * @param employeeId only entries about this employee; null for all
     */
    List<FeedEntry> after(String companyId, @Nullable String employeeId, long seq, int limit) {
        return employeeId == null
                ? jdbc.query(
                        COLUMNS + "and seq > ? order by seq limit ?", mapper, companyId, seq, limit)
                : jdbc.query(
                        COLUMNS + "and employee_id = ? and seq > ? order by seq limit ?",
                        mapper,
                        companyId,
                        employeeId,
                        seq,
                        limit);
    }

    /** The last entries, newest first. */
    public List<FeedEntry> latest(String companyId, int limit) {
        return jdbc.query(COLUMNS + "order by seq desc limit ?", mapper, companyId, limit);
    }

    public long lastSeq(String companyId) {
        return jdbc
                .queryForList(
                        "select last_seq from feed_head where company_id = ?",
                        Long.class,
                        companyId)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    public FeedPosition position(String companyId) {
        return jdbc.query(
                        """
                        select cast(epoch as text), coalesce(
                            (select last_seq from feed_head where company_id = ?), 0)
                        from feed_epoch""",
                        (row, _) -> new FeedPosition(row.getString(1), row.getLong(2)),
                        companyId)
                .getFirst();
    }

    void changeEpoch() {
        jdbc.update("update feed_epoch set epoch = gen_random_uuid()");
    }
}

package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.query.eventlog.StreamId;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.CompanyReads.FirstQuery;

import org.axonframework.eventhandling.DomainEventMessage;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The log of one company, read in the reader role: PostgreSQL shows rows of that company only,
 * whatever the query forgets. To be called within {@link CompanyReads#in}.
 */
final class FeedLog {
    private static final String OF_COMPANY =
            "select "
                    + LogRowMapper.COLUMNS
                    + """
                    from event_log e
                    where e.company_id = ? and e.company_seq > ? and e.company_seq <= ?
                    order by e.company_seq limit ?
                    """;

    private static final String POSITION =
            """
            select cast(epoch as text) as epoch, coalesce(
                (select max(company_seq) from event_log where company_id = ?), 0) as seq
            from log_epoch
            """;

    /**
     * PostgreSQL must know that there is one epoch, or it expects so many rows that it compiles the
     * query; and how many events, or it plans each page again.
     */
    private static final String PAGE =
            "select "
                    + LogRowMapper.COLUMNS
                    + ", p.epoch, p.seq from ("
                    + POSITION
                    + """
                    limit 1) p
                    left join (
                        select * from event_log l
                        where l.company_id = ? and l.company_seq > ?
                        order by l.company_seq limit %d) e on true
                    order by e.company_seq
                    """;

    private static final int EPOCH_OF_PAGE = 14;
    private static final int SEQ_OF_PAGE = 15;

    /**
     * Numbers grow within a stream, so the first event after one is found by binary search: the
     * cost does not grow with the length of the stream.
     */
    private static final String OF_EMPLOYEE =
            """
            with recursive streams (id, seq) as (
                select s.id, cast(? as bigint)
                from unnest(cast(? as text[])) as s (id)
            ), halves (id, seq, low, high) as (
                select s.id, s.seq, cast(0 as bigint),
                    coalesce((select max(n.sequence) + 1 from event_log n where n.aggregate_id = s.id), 0)
                from streams s
                union all
                select h.id, h.seq,
                    case when m.company_seq > h.seq then h.low else (h.low + h.high) / 2 + 1 end,
                    case when m.company_seq > h.seq then (h.low + h.high) / 2 else h.high end
                from halves h
                join lateral (
                    select e.company_seq from event_log e
                    where e.aggregate_id = h.id and e.sequence = (h.low + h.high) / 2) m on true
                where h.low < h.high
            )
            """
                    + "select "
                    + LogRowMapper.COLUMNS
                    + """
                    from halves h
                    join lateral (
                        select * from event_log l
                        where l.aggregate_id = h.id and l.sequence >= h.low
                        order by l.sequence limit ?) e on true
                    where h.low = h.high
                    order by e.company_seq limit ?
                    """;

    private static final String OF_STREAM =
            "select "
                    + LogRowMapper.COLUMNS
                    + """
                    from event_log e
                    where e.aggregate_id = ? and e.sequence < ?
                    order by e.sequence desc limit ?
                    """;

    private final JdbcTemplate jdbc;
    private final LogRowMapper rows;

    /**
     * @param jdbc on the reader pool
     * @param rows with a serializer that reads keys in the reader role
     */
    FeedLog(JdbcTemplate jdbc, LogRowMapper rows) {
        this.jdbc = jdbc;
        this.rows = rows;
    }

    /**
     * The position of a company's log, and its events after a number, oldest first.
     *
     * @param rows none of them after the position
     */
    record LogPage(FeedPosition position, List<LogRow> rows) {
        LogPage {
            rows = List.copyOf(rows);
        }
    }

    FirstQuery<LogPage> page(String companyId, long seq, int limit) {
        return new FirstQuery<>(
                PAGE.formatted(limit), this::page, List.of(companyId, companyId, seq));
    }

    private LogPage page(ResultSet row) throws SQLException {
        List<LogRow> read = new ArrayList<>();
        FeedPosition position = null;
        while (row.next()) {
            if (position == null) {
                position = new FeedPosition(row.getString(EPOCH_OF_PAGE), row.getLong(SEQ_OF_PAGE));
            }
            row.getLong(1);
            if (!row.wasNull()) {
                read.add(rows.mapRow(row, read.size()));
            }
        }
        return new LogPage(Objects.requireNonNull(position, "a log has an epoch"), read);
    }

    /** The position of a company's log. */
    FirstQuery<FeedPosition> position(String companyId) {
        return new FirstQuery<>(
                POSITION,
                row -> {
                    row.next();
                    return new FeedPosition(row.getString(1), row.getLong(2));
                },
                List.of(companyId));
    }

    /** Events of a company after a number and up to another, oldest first. */
    List<LogRow> after(String companyId, long seq, long upTo, int limit) {
        return jdbc.query(OF_COMPANY, rows, companyId, seq, upTo, limit);
    }

    /** Events about one employee after a number, oldest first. */
    List<LogRow> ofEmployee(String companyId, String employeeId, long seq, int limit) {
        String[] streams = StreamId.idsOf(companyId, employeeId).toArray(String[]::new);
        return jdbc.query(OF_EMPLOYEE, rows, seq, streams, limit, limit);
    }

    /** Events of the same stream before this one, newest first. */
    List<LogRow> earlierInStream(DomainEventMessage<?> before, int limit) {
        return jdbc.query(
                OF_STREAM,
                rows,
                before.getAggregateIdentifier(),
                before.getSequenceNumber(),
                limit);
    }
}

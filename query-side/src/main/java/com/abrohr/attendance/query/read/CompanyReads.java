package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementCallback;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.RowMapperResultSetExtractor;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every read of a company: one read-only snapshot, in which PostgreSQL shows rows of that company
 * only, whatever the query forgets.
 */
public class CompanyReads {
    /**
     * Sent with the first statement of a transaction, so that it costs no round trip. Both hold for
     * the transaction only: nothing is left on a pooled connection.
     */
    private static final String SNAPSHOT =
            "set transaction isolation level repeatable read;"
                    + " select set_config('attendance.company', ?, true)";

    private final TransactionTemplate snapshot;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    /**
     * @param jdbc on the reader pool, bound to the same transactions
     */
    public CompanyReads(PlatformTransactionManager readers, JdbcTemplate jdbc, Clock clock) {
        this.snapshot = new TransactionTemplate(readers);
        this.snapshot.setReadOnly(true);
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * A query that goes to the database together with what begins the snapshot.
     *
     * @param parameters of the query, in the order of its question marks
     */
    public record FirstQuery<Q>(String sql, ResultSetExtractor<Q> rows, List<?> parameters) {
        public FirstQuery {
            parameters = List.copyOf(parameters);
        }
    }

    public <T> T in(String companyId, Supplier<T> read) {
        return Objects.requireNonNull(
                snapshot.execute(
                        _ -> {
                            jdbc.execute(
                                    SNAPSHOT,
                                    (PreparedStatementCallback<Boolean>)
                                            statement -> begin(statement, companyId, List.of()));
                            return read.get();
                        }));
    }

    /**
     * @param read gets what the first query found, in the same snapshot
     */
    public <Q, T> T in(String companyId, FirstQuery<Q> first, Function<Q, T> read) {
        PreparedStatementCallback<Q> query =
                statement -> {
                    begin(statement, companyId, first.parameters());
                    return rows(statement, first.rows());
                };
        return Objects.requireNonNull(
                snapshot.execute(
                        _ ->
                                read.apply(
                                        Objects.requireNonNull(
                                                jdbc.execute(
                                                        SNAPSHOT + "; " + first.sql(), query)))));
    }

    private static boolean begin(
            PreparedStatement statement, String companyId, List<?> parametersOfQuery)
            throws SQLException {
        statement.setString(1, companyId);
        for (int i = 0; i < parametersOfQuery.size(); i++) {
            statement.setObject(i + 2, parametersOfQuery.get(i));
        }
        return statement.execute();
    }

    /** The third result: the first two are those of {@link #SNAPSHOT}. */
    private static <Q> Q rows(PreparedStatement statement, ResultSetExtractor<Q> reader)
            throws SQLException {
        statement.getMoreResults();
        if (!statement.getMoreResults()) {
            throw new SQLException("the first query found no rows to read");
        }
        try (ResultSet rows = statement.getResultSet()) {
            return Objects.requireNonNull(reader.extractData(rows));
        }
    }

    /**
     * One page of a company's rows, read in one snapshot.
     *
     * @param query without a limit, sorted by the keys in {@code cursor}
     * @param cursor of a row
     */
    public <R, V> Page<V> page(
            PageRequest request,
            RowQuery query,
            RowMapper<R> row,
            Function<R, String> cursor,
            Function<R, V> view) {
        RowQuery oneMore = query.limit(request.limit() + 1);
        return in(
                query.companyId(),
                new FirstQuery<>(
                        oneMore.sql(),
                        new RowMapperResultSetExtractor<>(row),
                        oneMore.parameters()),
                rows -> page(request, rows, cursor, view, asOf(query.companyId())));
    }

    /** A page of rows that were read one further than the page is long. */
    public static <R, V> Page<V> page(
            PageRequest request,
            List<R> rows,
            Function<R, String> cursor,
            Function<R, V> view,
            Page.AsOf asOf) {
        boolean more = rows.size() > request.limit();
        List<R> shown = more ? rows.subList(0, request.limit()) : rows;
        return new Page<>(
                shown.stream().map(view).toList(),
                more ? cursor.apply(shown.getLast()) : null,
                asOf);
    }

    /** Rows of a company, within a snapshot of that company. */
    public <R> List<R> rows(RowQuery query, RowMapper<R> row) {
        return jdbc.query(query.sql(), row, query.parameters().toArray());
    }

    /** What a page read in this snapshot is true of. */
    public Page.AsOf asOf(String companyId) {
        Instant now = clock.instant();
        return new Page.AsOf(now, now, position(companyId));
    }

    /** The last number of the company that is in the read models; 0 before the first. */
    public long position(String companyId) {
        return jdbc
                .queryForList(
                        "select last_seq from company_position where company_id = ?",
                        Long.class,
                        companyId)
                .stream()
                .findFirst()
                .orElse(0L);
    }
}

package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;

import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.data.jpa.repository.JpaSpecificationExecutor;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Every read of a company: one read-only snapshot, in which PostgreSQL shows rows of that company
 * only, whatever the query forgets.
 */
public class CompanyReads {

    private final TransactionTemplate snapshot;
    private final JdbcTemplate jdbc;
    private final Clock clock;

    /**
     * @param jdbc on the reader pool, bound to the same transactions
     */
    public CompanyReads(PlatformTransactionManager readers, JdbcTemplate jdbc, Clock clock) {
        this.snapshot = new TransactionTemplate(readers);
        this.snapshot.setReadOnly(true);
        this.snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public <T> T in(String companyId, Supplier<T> read) {
        return Objects.requireNonNull(
                snapshot.execute(
                        _ -> {
                            // Local to the transaction: nothing is left on a pooled connection.
                            jdbc.query(
                                    "select set_config('attendance.company', ?, true)",
                                    rows -> {},
                                    companyId);
                            return read.get();
                        }));
    }

    /**
     * One page of a company's rows, read in one snapshot.
     *
     * @param order the list's sort keys, which {@code place} names of a row
     */
    public <R, V> Page<V> page(
            String companyId,
            PageRequest request,
            JpaSpecificationExecutor<R> rows,
            Specification<R> wanted,
            Sort order,
            Function<R, Cursor> place,
            Function<R, V> view) {
        return in(
                companyId,
                () ->
                        Pages.cut(
                                rows.findBy(
                                        wanted,
                                        found ->
                                                found.sortBy(order)
                                                        .limit(request.limit() + 1)
                                                        .all()),
                                request,
                                place,
                                view,
                                asOf(companyId)));
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

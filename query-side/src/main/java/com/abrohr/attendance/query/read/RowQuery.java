package com.abrohr.attendance.query.read;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A select of a company's rows: its filters, its order, and where it goes on. */
public final class RowQuery {
    private final String companyId;
    private final StringBuilder sql;
    private final List<Object> parameters = new ArrayList<>();

    /**
     * @param select up to its from clause
     */
    public RowQuery(String select, String companyId) {
        this.companyId = companyId;
        sql = new StringBuilder(select).append(" where company_id = ?");
        parameters.add(companyId);
    }

    /**
     * @param comparison a column and an operator
     * @param value what the column is compared with; null for a filter that was not asked for
     */
    public RowQuery and(String comparison, @Nullable Object value) {
        if (value != null) {
            sql.append(" and ").append(comparison).append(" ?");
            add(value);
        }
        return this;
    }

    /**
     * Newest first, after the last row of the page before.
     *
     * @param after the values of both keys in that row; empty on the first page
     */
    public RowQuery descending(String key, String tieBreaker, List<?> after) {
        if (!after.isEmpty()) {
            // An index serves the comparison of two rows as a range.
            sql.append(" and (%s, %s) < (?, ?)".formatted(key, tieBreaker));
            after.forEach(this::add);
        }
        sql.append(" order by %s desc, %s desc".formatted(key, tieBreaker));
        return this;
    }

    /**
     * @param after the key of the last row of the page before; empty on the first page
     */
    public RowQuery ascending(String key, List<?> after) {
        if (!after.isEmpty()) {
            and(key + " >", after.getFirst());
        }
        sql.append(" order by ").append(key);
        return this;
    }

    public RowQuery limit(int rows) {
        sql.append(" limit ?");
        add(rows);
        return this;
    }

    private void add(Object value) {
        parameters.add(value instanceof Instant time ? Timestamps.parameter(time) : value);
    }

    String companyId() {
        return companyId;
    }

    String sql() {
        return sql.toString();
    }

    List<Object> parameters() {
        return parameters;
    }
}

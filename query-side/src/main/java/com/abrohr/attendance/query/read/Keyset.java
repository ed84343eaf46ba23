package com.abrohr.attendance.query.read;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** The rows that come after a place in a list that is sorted descending by several keys. */
public final class Keyset {

    private final CriteriaBuilder builder;
    private final List<Predicate> alternatives = new ArrayList<>();
    private final List<Predicate> equalSoFar = new ArrayList<>();
    private @Nullable Predicate bound;

    public Keyset(CriteriaBuilder builder) {
        this.builder = builder;
    }

    /** Adds the next sort key: below the cursor's, or equal and decided by the keys that follow. */
    public <T extends Comparable<? super T>> Keyset below(Expression<T> key, T value) {
        if (bound == null) {
            // Follows from the rest, but only of this can an index make a range.
            bound = builder.lessThanOrEqualTo(key, value);
        }
        List<Predicate> alternative = new ArrayList<>(equalSoFar);
        alternative.add(builder.lessThan(key, value));
        alternatives.add(builder.and(alternative.toArray(Predicate[]::new)));
        equalSoFar.add(builder.equal(key, value));
        return this;
    }

    public Predicate predicate() {
        Predicate after = builder.or(alternatives.toArray(Predicate[]::new));
        return bound == null ? after : builder.and(bound, after);
    }
}

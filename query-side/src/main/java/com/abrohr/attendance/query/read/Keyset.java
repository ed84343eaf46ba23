package com.abrohr.attendance.query.read;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

import java.util.ArrayList;
import java.util.List;

/** The rows that come after a place in a list that is sorted descending by several keys. */
public final class Keyset {

    private final CriteriaBuilder builder;
    private final List<Predicate> alternatives = new ArrayList<>();
    private final List<Predicate> equalSoFar = new ArrayList<>();

    public Keyset(CriteriaBuilder builder) {
        this.builder = builder;
    }

    /** Adds the next sort key: below the cursor's, or equal and decided by the keys that follow. */
    public <T extends Comparable<? super T>> Keyset below(Expression<T> key, T value) {
        List<Predicate> alternative = new ArrayList<>(equalSoFar);
        alternative.add(builder.lessThan(key, value));
        alternatives.add(builder.and(alternative.toArray(Predicate[]::new)));
        equalSoFar.add(builder.equal(key, value));
        return this;
    }

    public Predicate predicate() {
        return builder.or(alternatives.toArray(Predicate[]::new));
    }
}

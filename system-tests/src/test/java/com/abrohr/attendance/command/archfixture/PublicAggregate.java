package com.abrohr.attendance.command.archfixture;

import org.axonframework.modelling.command.AggregateIdentifier;

/** Illegal: an aggregate that anybody can call. */
public final class PublicAggregate {
    @AggregateIdentifier private String id = "";

    public String id() {
        return id;
    }
}

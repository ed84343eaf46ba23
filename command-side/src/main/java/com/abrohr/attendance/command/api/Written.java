package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Receipt;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import org.jspecify.annotations.Nullable;

/**
 * What a write is answered with.
 *
 * @param position opaque; a read that is given it shows this write
 */
public record Written(@JsonUnwrapped Receipt receipt, String position) {
    /** Of what was written, as lists and sockets call it; absent where that is an employee. */
    @JsonProperty
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Nullable String id() {
        return receipt.writtenId();
    }
}

package com.abrohr.attendance.edge.command;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * What a handled event is answered with: the fields of the acknowledgement and, where the guide has
 * one, the event that says the same to clients that ask for no acknowledgement.
 */
public record Answer(Map<String, Object> fields, @Nullable String confirmation) {

    static Answer acknowledged(Map<String, Object> fields) {
        return new Answer(fields, null);
    }

    static Answer confirmed(String confirmation, Map<String, Object> fields) {
        return new Answer(fields, confirmation);
    }
}

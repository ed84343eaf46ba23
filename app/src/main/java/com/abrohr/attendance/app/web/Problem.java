package com.abrohr.attendance.app.web;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * Problem details of RFC 9457.
 *
 * @param code a refusal code, or INTERNAL
 * @param field the input at fault as the client wrote it; absent where none is
 * @param details extension members of their own names
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        String code,
        @Nullable String field,
        String correlationId,
        @JsonAnyGetter Map<String, Object> details) {}

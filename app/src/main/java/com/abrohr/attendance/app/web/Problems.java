package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import java.util.Locale;
import java.util.Map;

/** Makes problems of refusals; of an exception nothing but the text of a refusal gets in. */
final class Problems {
    static final String TOO_LARGE =
            "The body is larger than " + BodyLimitFilter.LIMIT / 1024 + " KiB";
    static final String UNAVAILABLE =
            "Nothing can be stored now; the outcome is unknown: repeat with the same"
                    + " Idempotency-Key";

    private Problems() {}

    /** The headers that every response with this problem has. */
    static HttpHeaders headers(Problem problem) {
        HttpHeaders headers = new HttpHeaders();
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (problem.status() == 503) {
            headers.set(HttpHeaders.RETRY_AFTER, "1");
        }
        return headers;
    }

    static Problem of(HttpServletRequest request, Refusal refusal) {
        return of(
                request,
                refusal.code().httpStatus(),
                refusal.code().name(),
                refusal.field(),
                refusal.reason(),
                refusal.details());
    }

    static Problem of(HttpServletRequest request, RefusalCode code, String detail) {
        return of(request, new Refusal(code, detail));
    }

    static Problem internal(HttpServletRequest request) {
        return of(request, 500, "INTERNAL", null, "Something failed here; it has been logged");
    }

    static Problem of(
            HttpServletRequest request,
            int status,
            String code,
            @Nullable String field,
            String detail) {
        return of(request, status, code, field, detail, Map.of());
    }

    private static Problem of(
            HttpServletRequest request,
            int status,
            String code,
            @Nullable String field,
            String detail,
            Map<String, Object> details) {
        String words = code.replace('_', ' ').toLowerCase(Locale.ROOT);
        return new Problem(
                "urn:attendance:problem:" + words.replace(' ', '-'),
                Character.toUpperCase(words.charAt(0)) + words.substring(1),
                status,
                detail,
                code,
                field,
                CorrelationIdFilter.of(request),
                details);
    }
}

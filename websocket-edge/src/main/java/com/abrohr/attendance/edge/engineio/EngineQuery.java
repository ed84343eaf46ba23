package com.abrohr.attendance.edge.engineio;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.Map;

/**
 * The protocol's query parameters, read from the query string alone: the servlet's own parameters
 * would take a form-typed POST body for more of them. None of the values that count needs decoding.
 */
record EngineQuery(Map<String, String> values) {
    static EngineQuery of(@Nullable String query) {
        Map<String, String> values = new HashMap<>();
        if (query != null) {
            for (String pair : query.split("&", -1)) {
                int equals = pair.indexOf('=');
                if (equals > 0) {
                    values.putIfAbsent(pair.substring(0, equals), pair.substring(equals + 1));
                }
            }
        }
        return new EngineQuery(values);
    }

    boolean version4() {
        return "4".equals(values.get("EIO"));
    }

    boolean polling() {
        return "polling".equals(values.get("transport"));
    }

    boolean webSocket() {
        return "websocket".equals(values.get("transport"));
    }

    boolean jsonp() {
        return values.containsKey("j");
    }

    @Nullable String sid() {
        return values.get("sid");
    }
}

package com.abrohr.attendance.edge.engineio;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.server.ServletServerHttpRequest;
import org.springframework.web.util.WebUtils;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** The origin allow-list and its CORS headers, the same for both transports. */
final class CorsPolicy {
    private final Set<String> allowed;
    private final boolean any;

    CorsPolicy(Set<String> allowed) {
        this.any = allowed.contains("*");
        this.allowed =
                allowed.stream()
                        .map(origin -> origin.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the origin is allowed; sets the headers that let a browser read the response. */
    boolean admit(HttpServletRequest request, HttpServletResponse response) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return true;
        }
        response.addHeader("Vary", "Origin");
        if (any) {
            // Any site at all, so never with the user's credentials.
            response.setHeader("Access-Control-Allow-Origin", "*");
            return true;
        }
        if (allowed.contains(origin.toLowerCase(Locale.ROOT))) {
            response.setHeader("Access-Control-Allow-Origin", origin);
            response.setHeader("Access-Control-Allow-Credentials", "true");
            return true;
        }
        return sameOrigin(request);
    }

    private static boolean sameOrigin(HttpServletRequest request) {
        try {
            return WebUtils.isSameOrigin(new ServletServerHttpRequest(request));
        } catch (IllegalArgumentException e) {
            // "null", or no URL at all.
            return false;
        }
    }

    /** Answers a preflight whose origin has been admitted. */
    void preflight(HttpServletRequest request, HttpServletResponse response) {
        response.setHeader("Access-Control-Allow-Methods", "GET, POST");
        String headers = request.getHeader("Access-Control-Request-Headers");
        if (headers != null) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        response.setHeader("Access-Control-Max-Age", "600");
        response.setStatus(204);
    }
}

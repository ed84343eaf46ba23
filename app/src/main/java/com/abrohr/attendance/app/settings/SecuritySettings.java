package com.abrohr.attendance.app.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

import java.net.URI;
import java.util.List;

/**
 * Tokens and origins.
 *
 * @param allowedOrigins origins of other sites whose pages may call this server, as {@code
 *     https://hr.example.com}; the own origin is always allowed
 */
public record SecuritySettings(
        @DefaultValue JwtSettings jwt, @DefaultValue List<String> allowedOrigins) {

    public SecuritySettings {
        allowedOrigins =
                allowedOrigins.stream().map(String::strip).filter(o -> !o.isEmpty()).toList();
        for (String origin : allowedOrigins) {
            if (!isOrigin(origin)) {
                throw StartRefused.setting(
                        "attendance.security.allowed-origins",
                        "must list origins such as https://hr.example.com, found '" + origin + "'");
            }
        }
    }

    private static boolean isOrigin(String text) {
        try {
            URI uri = URI.create(text);
            return ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}

package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;

/**
 * Refuses query parameters that cannot be decoded and control characters in headers, by their name:
 * the container and the firewall would fail without one when they are read.
 */
final class WellFormedRequestFilter extends OncePerRequestFilter {
    private static final int HEX = 16;
    private static final int ESCAPE_LENGTH = 3;

    private final ProblemWriter problems;

    WellFormedRequestFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Refusal> fault =
                queryFault(request.getQueryString()).or(() -> headerFault(request));
        if (fault.isPresent()) {
            problems.write(request, response, fault.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    static Optional<Refusal> queryFault(@Nullable String query) {
        if (query == null) {
            return Optional.empty();
        }
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            if (name.isEmpty() && equals >= 0) {
                return Optional.of(Refusal.invalid("query", "A query parameter has no name"));
            }
            String fault =
                    !isDecodable(name)
                            ? "query"
                            : !isDecodable(parameter.substring(name.length())) ? name : null;
            if (fault != null) {
                return Optional.of(
                        Refusal.invalid(fault, fault + " is not percent-encoded UTF-8 text"));
            }
        }
        return Optional.empty();
    }

    private static boolean isDecodable(String encoded) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char character = encoded.charAt(i);
            if (character != '%') {
                bytes.write(character);
                continue;
            }
            if (i + ESCAPE_LENGTH > encoded.length()
                    || !isHex(encoded.charAt(i + 1))
                    || !isHex(encoded.charAt(i + 2))) {
                return false;
            }
            bytes.write(Integer.parseInt(encoded, i + 1, i + ESCAPE_LENGTH, HEX));
            i += ESCAPE_LENGTH - 1;
        }
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    private static boolean isHex(char character) {
        return character < 0x80 && Character.digit(character, HEX) >= 0;
    }

    private static Optional<Refusal> headerFault(HttpServletRequest request) {
        for (String name : Collections.list(request.getHeaderNames())) {
            for (String value : Collections.list(request.getHeaders(name))) {
                if (value.chars().anyMatch(WellFormedRequestFilter::isControl)) {
                    return Optional.of(Refusal.invalid(name, name + " holds a control character"));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isControl(int character) {
        return Character.isISOControl(character) && character != '\t';
    }
}

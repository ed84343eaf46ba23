package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;

import java.io.IOException;

/** Refuses bodies under /api that are larger than any command, declared or not. */
final class BodyLimitFilter extends OncePerRequestFilter {
    /** Bytes. */
    static final int LIMIT = 64 * 1024;

    private final ProblemWriter problems;

    BodyLimitFilter(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getRequestURI().startsWith("/api/");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getContentLengthLong() > LIMIT) {
            problems.write(request, response, RefusalCode.TOO_LARGE, Problems.TOO_LARGE);
        } else {
            chain.doFilter(new LimitedRequest(request), response);
        }
    }

    private static final class LimitedRequest extends ContentCachingRequestWrapper {
        LimitedRequest(HttpServletRequest request) {
            super(request, LIMIT);
        }

        @Override
        protected void handleContentOverflow(int limit) {
            // A refusal, not an IOException: readers word those as broken bodies.
            throw new Refusal(RefusalCode.TOO_LARGE, Problems.TOO_LARGE);
        }
    }
}

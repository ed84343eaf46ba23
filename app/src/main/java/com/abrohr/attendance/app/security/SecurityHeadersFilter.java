package com.abrohr.attendance.app.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.writers.ContentSecurityPolicyHeaderWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.filter.OncePerRequestFilter;

import java.io.IOException;
import java.util.List;

/**
 * The same headers on every answer, written before anything else: Spring Security's own filter
 * waits for the answer, and a HEAD that is forwarded is over before it gets its turn.
 */
final class SecurityHeadersFilter extends OncePerRequestFilter {

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:;"
                    + " style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'self'";

    private final List<HeaderWriter> headers =
            List.of(
                    new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
                    new XContentTypeOptionsHeaderWriter(),
                    new XFrameOptionsHeaderWriter(XFrameOptionsHeaderWriter.XFrameOptionsMode.DENY),
                    new XXssProtectionHeaderWriter(),
                    new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
                    strictTransportSecurity());

    private static HeaderWriter strictTransportSecurity() {
        var header = new HstsHeaderWriter();
        // Behind a proxy that ends TLS a request looks plain; browsers ignore the header where it
        // does not apply.
        header.setRequestMatcher(AnyRequestMatcher.INSTANCE);
        return header;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        headers.forEach(header -> header.writeHeaders(request, response));
        chain.doFilter(request, response);
    }
}

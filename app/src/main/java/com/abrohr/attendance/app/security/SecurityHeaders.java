package com.abrohr.attendance.app.security;

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

import java.util.List;

/** The security headers of every response. */
final class SecurityHeaders {
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:;"
                    + " style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'self'";

    private static final List<HeaderWriter> WRITERS =
            List.of(
                    new ContentSecurityPolicyHeaderWriter(CONTENT_SECURITY_POLICY),
                    new XContentTypeOptionsHeaderWriter(),
                    new XFrameOptionsHeaderWriter(XFrameOptionsHeaderWriter.XFrameOptionsMode.DENY),
                    new XXssProtectionHeaderWriter(),
                    new ReferrerPolicyHeaderWriter(ReferrerPolicy.NO_REFERRER),
                    strictTransportSecurity());

    private SecurityHeaders() {}

    private static HeaderWriter strictTransportSecurity() {
        var header = new HstsHeaderWriter();
        // Behind a proxy that ends TLS a request looks plain; browsers ignore the header where it
        // does not apply.
        header.setRequestMatcher(AnyRequestMatcher.INSTANCE);
        return header;
    }

    static void write(HttpServletRequest request, HttpServletResponse response) {
        WRITERS.forEach(writer -> writer.writeHeaders(request, response));
    }
}

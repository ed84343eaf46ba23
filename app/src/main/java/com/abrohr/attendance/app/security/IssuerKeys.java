package com.abrohr.attendance.app.security;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;

import java.net.MalformedURLException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Executors;

/**
 * The keys that an issuer publishes, kept in memory. Anybody can send tokens that name keys which
 * are not among them, so the issuer is asked for those seldom, and with a time-out.
 */
final class IssuerKeys {

    private static final Duration ASKED_EVERY = Duration.ofMinutes(5);

    /** While the issuer does not answer, the keys that it gave last are good for so long. */
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration READ = Duration.ofSeconds(2);
    private static final Duration WAIT_FOR_ANOTHERS_REQUEST = Duration.ofSeconds(4);

    /** Two requests within it at most. */
    private static final Duration SELDOM = Duration.ofSeconds(10);

    private static final int LONGEST = 256 * 1024;

    private IssuerKeys() {}

    /**
     * @throws IllegalArgumentException when it is no address
     */
    static JWKSource<SecurityContext> of(URI publishedAt) {
        try {
            return JWKSourceBuilder.create(
                            publishedAt.toURL(),
                            new DefaultResourceRetriever(
                                    (int) CONNECT.toMillis(), (int) READ.toMillis(), LONGEST))
                    .cache(TIME_TO_LIVE.toMillis(), WAIT_FOR_ANOTHERS_REQUEST.toMillis())
                    .rateLimited(SELDOM.toMillis())
                    .refreshAheadCache(
                            TIME_TO_LIVE.minus(ASKED_EVERY).toMillis(),
                            null,
                            Executors.newSingleThreadExecutor(
                                    Thread.ofPlatform().daemon().name("issuer-keys").factory()),
                            true,
                            null,
                            false)
                    .build();
        } catch (MalformedURLException e) {
            throw new IllegalArgumentException(publishedAt + " is no address", e);
        }
    }
}

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
 * The JWK set that an issuer publishes, cached in memory. Anybody can send tokens with unknown key
 * ids, so requests for those are rate-limited, and time out.
 */
final class IssuerKeySource {
    private static final Duration REFRESH_INTERVAL = Duration.ofMinutes(5);

    /** While the issuer does not answer, the last keys are used for so long. */
    private static final Duration TIME_TO_LIVE = Duration.ofHours(1);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration REFRESH_TIMEOUT = Duration.ofSeconds(4);

    /** At most two requests within it. */
    private static final Duration RATE_LIMIT = Duration.ofSeconds(10);

    private static final int MAX_BYTES = 256 * 1024;

    private IssuerKeySource() {}

    /**
     * @throws IllegalArgumentException when it is no address
     */
    static JWKSource<SecurityContext> of(URI publishedAt) {
        try {
            return JWKSourceBuilder.create(
                            publishedAt.toURL(),
                            new DefaultResourceRetriever(
                                    (int) CONNECT_TIMEOUT.toMillis(),
                                    (int) READ_TIMEOUT.toMillis(),
                                    MAX_BYTES))
                    .cache(TIME_TO_LIVE.toMillis(), REFRESH_TIMEOUT.toMillis())
                    .rateLimited(RATE_LIMIT.toMillis())
                    .refreshAheadCache(
                            TIME_TO_LIVE.minus(REFRESH_INTERVAL).toMillis(),
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

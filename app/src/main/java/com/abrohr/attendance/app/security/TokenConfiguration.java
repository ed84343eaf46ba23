package com.abrohr.attendance.app.security;

import com.abrohr.attendance.app.database.DataDirectory;
import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.settings.JwtSettings;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.SecurityContext;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;

import java.nio.charset.StandardCharsets;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import javax.crypto.spec.SecretKeySpec;

/** One decoder for REST and sockets, its algorithms pinned to the kind of key. */
@Configuration(proxyBeanMethods = false)
public class TokenConfiguration {
    /** As set, or in demo mode one that is made once and kept in the data directory. */
    @Bean
    SharedKey sharedKey(AttendanceSettings settings, DataDirectory directory) {
        JwtSettings jwt = settings.security().jwt();
        if (jwt.publicKey() != null || jwt.jwkSetUri() != null) {
            return new SharedKey(Optional.empty());
        }
        String secret = jwt.secret();
        if (secret == null) {
            secret = directory.secret("demo-jwt.secret", 32);
        }
        return new SharedKey(
                Optional.of(
                        new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256")));
    }

    @Bean
    JwtDecoder jwtDecoder(AttendanceSettings settings, SharedKey sharedKey, Clock clock) {
        return decoder(settings.security().jwt(), sharedKey, clock);
    }

    @Bean
    JwtTokenVerifier tokenVerifier(JwtDecoder decoder) {
        return new JwtTokenVerifier(decoder);
    }

    static JwtDecoder decoder(JwtSettings jwt, SharedKey sharedKey, Clock clock) {
        NimbusJwtDecoder decoder = pinned(jwt, sharedKey);
        decoder.setClaimSetConverter(new LenientIssuedAtConverter(clock));
        decoder.setJwtValidator(validator(jwt, clock));
        return decoder;
    }

    private static NimbusJwtDecoder pinned(JwtSettings jwt, SharedKey sharedKey) {
        PublicKey key = jwt.verificationKey();
        if (key instanceof RSAPublicKey rsa) {
            return NimbusJwtDecoder.withPublicKey(rsa)
                    .signatureAlgorithm(SignatureAlgorithm.RS256)
                    .build();
        }
        if (key instanceof ECPublicKey ec) {
            var keys =
                    new ImmutableJWKSet<SecurityContext>(
                            new JWKSet(new ECKey.Builder(Curve.P_256, ec).build()));
            return NimbusJwtDecoder.withJwkSource(keys)
                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                    .build();
        }
        if (jwt.jwkSetUri() != null) {
            return NimbusJwtDecoder.withJwkSource(IssuerKeySource.of(jwt.jwkSetUri()))
                    .jwsAlgorithm(SignatureAlgorithm.RS256)
                    .jwsAlgorithm(SignatureAlgorithm.ES256)
                    .build();
        }
        return NimbusJwtDecoder.withSecretKey(sharedKey.key().orElseThrow())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
    }

    private static OAuth2TokenValidator<Jwt> validator(JwtSettings jwt, Clock clock) {
        List<OAuth2TokenValidator<Jwt>> validators = new ArrayList<>();
        validators.add(new JwtClaimValidator<>("exp", Objects::nonNull));
        validators.add(new TokenTimestampValidator(jwt.clockSkew(), clock));
        if (jwt.issuer() != null) {
            validators.add(new JwtIssuerValidator(jwt.issuer()));
        }
        String audience = jwt.audience();
        if (audience != null) {
            validators.add(
                    new JwtClaimValidator<List<String>>(
                            "aud", claim -> claim != null && claim.contains(audience)));
        }
        return new DelegatingOAuth2TokenValidator<>(validators);
    }
}

package com.abrohr.attendance.app.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.abrohr.attendance.app.settings.JwtSettings;
import com.abrohr.attendance.edge.session.InvalidTokenException;
import com.abrohr.attendance.messages.identity.Role;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import javax.crypto.spec.SecretKeySpec;

class TokenVerificationTest {

    private static final Instant NOW = Instant.parse("2026-03-02T08:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final KeyPair RSA = pair("RSA");
    private static final KeyPair EC = pair("EC");

    @Test
    void theClaimsOfTheGuideMakeACaller() throws Exception {
        var caller = verifier(secret()).verify(hs256(claims().build()));

        assertThat(caller.companyId()).isEqualTo("acme");
        assertThat(caller.userId()).isEqualTo("emp-1");
        assertThat(caller.employeeId()).isEqualTo("emp-1");
        assertThat(caller.role()).isEqualTo(Role.MANAGER);
        assertThat(caller.expiresAt()).isEqualTo(NOW.plusSeconds(3600));
    }

    @Test
    void subStandsInForIdAndEmployeeIdMayDiffer() throws Exception {
        var caller =
                verifier(secret())
                        .verify(
                                hs256(
                                        claims().claim("id", null)
                                                .subject("user-7")
                                                .claim("employeeId", "emp-9")
                                                .build()));

        assertThat(caller.userId()).isEqualTo("user-7");
        assertThat(caller.employeeId()).isEqualTo("emp-9");
    }

    @Test
    void aNumberedUserIsTakenAsText() throws Exception {
        assertThat(verifier(secret()).verify(hs256(claims().claim("id", 42).build())).userId())
                .isEqualTo("42");
    }

    @Test
    void aTokenThatExpiredWithinTheSkewStillHolds() throws Exception {
        assertThat(verifier(secret()).verify(hs256(expiring(NOW.minusSeconds(4))))).isNotNull();
    }

    @Test
    void onlyATokenThatWasGoodOnceIsCalledExpired() throws Exception {
        var issued = new JwtSettings(SECRET, null, null, "https://id", null, skew());
        String forged =
                sign(
                        JWSAlgorithm.HS256,
                        new MACSigner("another-secret-of-32-bytes-or-so"),
                        expiring(NOW.minusSeconds(60)));

        assertThat(refusal(secret(), hs256(expiring(NOW.minusSeconds(60)))).isExpired()).isTrue();
        assertThat(refusal(secret(), forged).isExpired()).isFalse();
        assertThat(refusal(secret(), hs256(expiring(null))).isExpired()).isFalse();
        assertThat(refusal(issued, hs256(expiring(NOW.minusSeconds(60)))).isExpired()).isFalse();
    }

    @Test
    void aTokenThatWasIssuedAfterItsEndIsAnExpiredOne() throws Exception {
        JWTClaimsSet ended =
                new JWTClaimsSet.Builder(expiring(NOW.minusSeconds(60)))
                        .issueTime(Date.from(NOW))
                        .build();
        JWTClaimsSet contradictory =
                new JWTClaimsSet.Builder(expiring(NOW.plusSeconds(60)))
                        .issueTime(Date.from(NOW.plusSeconds(90)))
                        .build();

        assertThat(refusal(secret(), hs256(ended)).isExpired()).isTrue();
        assertThat(refusal(secret(), hs256(contradictory)).isExpired()).isFalse();
    }

    private static InvalidTokenException refusal(JwtSettings settings, String token) {
        return catchThrowableOfType(
                InvalidTokenException.class, () -> verifier(settings).verify(token));
    }

    static Stream<String> worthless() throws Exception {
        String good = hs256(claims().build());
        String[] part = good.split("\\.");
        byte[] publicKeyAsSecret = RSA.getPublic().getEncoded();
        return Stream.of(
                "",
                "x",
                "a.b.c",
                "x".repeat(10_000),
                part[0] + "." + part[1] + ".",
                part[0] + "." + part[1],
                part[0]
                        + "."
                        + base64(
                                new String(Base64.getUrlDecoder().decode(part[1]))
                                        .replace("acme", "evil"))
                        + "."
                        + part[2],
                new PlainJWT(claims().build()).serialize(),
                base64("{\"alg\":\"NONE\"}") + "." + part[1] + ".",
                sign(JWSAlgorithm.HS512, new MACSigner(SECRET.repeat(2)), claims().build()),
                sign(JWSAlgorithm.HS256, new MACSigner(publicKeyAsSecret), claims().build()),
                sign(
                        JWSAlgorithm.HS256,
                        new MACSigner("another-secret-of-32-bytes-or-so"),
                        claims().build()),
                sign(JWSAlgorithm.RS256, new RSASSASigner(RSA.getPrivate()), claims().build()),
                hs256(expiring(NOW.minusSeconds(6))),
                hs256(expiring(null)),
                hs256(claims().notBeforeTime(Date.from(NOW.plusSeconds(60))).build()),
                hs256(claims().claim("role", "owner").build()),
                hs256(claims().claim("role", "aud\u0131tor").build()),
                hs256(claims().claim("role", "system").build()),
                hs256(claims().claim("role", null).build()),
                hs256(claims().claim("role", 1).build()),
                hs256(claims().claim("companyId", null).build()),
                hs256(claims().claim("companyId", " ").build()),
                hs256(claims().claim("companyId", Map.of("a", 1)).build()),
                hs256(claims().claim("id", null).build()),
                hs256(claims().claim("id", "").build()),
                hs256(claims().claim("id", "a\u0000b").build()),
                hs256(claims().claim("id", "line\nbreak").build()),
                hs256(claims().claim("id", "x".repeat(129)).build()),
                hs256(claims().claim("employeeId", true).build()));
    }

    @ParameterizedTest
    @MethodSource("worthless")
    void aWorthlessTokenProvesNobody(String token) {
        assertThatThrownBy(() -> verifier(secret()).verify(token))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void issuerAndAudienceAreEnforcedWhenConfigured() throws Exception {
        var verifier = verifier(new JwtSettings(SECRET, null, null, "https://id", "hr", skew()));

        assertThat(verifier.verify(hs256(claims().issuer("https://id").audience("hr").build())))
                .isNotNull();
        assertThatThrownBy(() -> verifier.verify(hs256(claims().audience("hr").build())))
                .isInstanceOf(InvalidTokenException.class);
        assertThatThrownBy(() -> verifier.verify(hs256(claims().issuer("https://id").build())))
                .isInstanceOf(InvalidTokenException.class);
    }

    @Test
    void aPublicKeyVerifiesOnlyItsOwnAlgorithm() throws Exception {
        String rs256 =
                sign(JWSAlgorithm.RS256, new RSASSASigner(RSA.getPrivate()), claims().build());
        String rs512 =
                sign(JWSAlgorithm.RS512, new RSASSASigner(RSA.getPrivate()), claims().build());
        String es256 =
                sign(
                        JWSAlgorithm.ES256,
                        new ECDSASigner((ECPrivateKey) EC.getPrivate()),
                        claims().build());
        String confused =
                sign(
                        JWSAlgorithm.HS256,
                        new MACSigner(RSA.getPublic().getEncoded()),
                        claims().build());

        assertThat(verifier(publicKey(RSA)).verify(rs256).userId()).isEqualTo("emp-1");
        assertThat(verifier(publicKey(EC)).verify(es256).userId()).isEqualTo("emp-1");
        for (String foreign : new String[] {rs512, es256, confused}) {
            assertThatThrownBy(() -> verifier(publicKey(RSA)).verify(foreign))
                    .isInstanceOf(InvalidTokenException.class);
        }
    }

    private static JwtTokenVerifier verifier(JwtSettings settings) {
        SharedKey key =
                new SharedKey(
                        Optional.ofNullable(settings.secret())
                                .map(
                                        s ->
                                                new SecretKeySpec(
                                                        s.getBytes(StandardCharsets.UTF_8),
                                                        "HmacSHA256")));
        return new JwtTokenVerifier(TokenConfiguration.decoder(settings, key, CLOCK));
    }

    private static JwtSettings secret() {
        return new JwtSettings(SECRET, null, null, null, null, skew());
    }

    private static JwtSettings publicKey(KeyPair pair) {
        String pem =
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n";
        return new JwtSettings(null, pem, null, null, null, skew());
    }

    private static Duration skew() {
        return Duration.ofSeconds(5);
    }

    private static JWTClaimsSet.Builder claims() {
        return new JWTClaimsSet.Builder()
                .claim("id", "emp-1")
                .claim("role", "Manager")
                .claim("companyId", "acme")
                .expirationTime(Date.from(NOW.plusSeconds(3600)));
    }

    private static JWTClaimsSet expiring(@Nullable Instant at) {
        return claims().expirationTime(at == null ? null : Date.from(at)).build();
    }

    private static String hs256(JWTClaimsSet claims) throws JOSEException {
        return sign(JWSAlgorithm.HS256, new MACSigner(SECRET), claims);
    }

    private static String sign(JWSAlgorithm algorithm, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        SignedJWT token = new SignedJWT(new JWSHeader(algorithm), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static KeyPair pair(String algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(new ECGenParameterSpec("secp256r1"));
            } else {
                generator.initialize(2048);
            }
            return generator.generateKeyPair();
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}

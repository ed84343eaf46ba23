package com.abrohr.attendance.system.harness;

import tools.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes tokens as a login service does: HS256, with the claims of the guide. */
public final class Tokens {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private final String secret;

    public Tokens(String secret) {
        this.secret = secret;
    }

    public String employee(String companyId, String employeeId) {
        return of(companyId, employeeId, "employee");
    }

    public String manager(String companyId, String employeeId) {
        return of(companyId, employeeId, "manager");
    }

    public String of(String companyId, String id, String role) {
        return signed(claims(companyId, id, role, Duration.ofHours(1)));
    }

    public String expired(String companyId, String id, String role) {
        return signed(claims(companyId, id, role, Duration.ofMinutes(-10)));
    }

    /** Not signed at all, which a verifier must never take for valid. */
    public static String unsigned(String companyId, String id, String role) {
        String body = encoded(claims(companyId, id, role, Duration.ofHours(1)));
        return encoded(Map.of("alg", "none", "typ", "JWT")) + "." + body + ".";
    }

    public static Map<String, Object> claims(
            String companyId, String id, String role, Duration validFor) {
        Instant now = Instant.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("id", id);
        claims.put("role", role);
        claims.put("companyId", companyId);
        claims.put("iat", now.getEpochSecond() - 1);
        claims.put("exp", now.plus(validFor).getEpochSecond());
        return claims;
    }

    public String signed(Map<String, Object> claims) {
        String content = encoded(Map.of("alg", "HS256", "typ", "JWT")) + "." + encoded(claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal(content.getBytes(StandardCharsets.US_ASCII));
            return content
                    + "."
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encoded(Map<String, Object> value) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(JSON.writeValueAsBytes(value));
    }
}

package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.fasterxml.jackson.annotation.JsonInclude;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells whether a repeated commandId carries the same command: SHA-256 over its name and its body
 * as canonical JSON (sorted, absent fields and flags that are not set left out, so that a new one
 * changes no stored fingerprint). What the server adds is no part of it.
 */
final class Fingerprint {
    private static final JsonMapper CANONICAL =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .withConfigOverride(
                            boolean.class,
                            flag ->
                                    flag.setInclude(
                                            JsonInclude.Value.construct(
                                                    JsonInclude.Include.NON_DEFAULT,
                                                    JsonInclude.Include.ALWAYS)))
                    .build();

    private Fingerprint() {}

    /**
     * @param name of the command's type
     * @return lower-case hex
     */
    static String of(String name, EmployeeCommand command) {
        MessageDigest sha256 = sha256();
        sha256.update(CANONICAL.writeValueAsBytes(name));
        sha256.update(CANONICAL.writeValueAsBytes(command));
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}

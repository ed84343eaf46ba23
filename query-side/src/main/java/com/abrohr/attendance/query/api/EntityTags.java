package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import tools.jackson.databind.json.JsonMapper;

import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Weak entity tags of what somebody is shown. They are made from what is shown itself, not from a
 * number that may stand for it: presence changes with the clock, and a rebuild may show more than
 * before under the same numbers. The instants of the reading are left out, the reader is not.
 */
final class EntityTags {

    private static final int BYTES = 16;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    private record Shown(
            String companyId, String userId, String employeeId, Role role, Object content) {}

    /**
     * @param content all that the answer says, but for when it was read
     */
    String of(Caller caller, Object content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            json.writeValue(
                    new DigestOutputStream(OutputStream.nullOutputStream(), digest),
                    new Shown(
                            caller.companyId(),
                            caller.userId(),
                            caller.employeeId(),
                            caller.role(),
                            content));
            byte[] tag = new byte[BYTES];
            System.arraycopy(digest.digest(), 0, tag, 0, BYTES);
            return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(tag) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

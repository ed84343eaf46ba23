package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import tools.jackson.databind.json.JsonMapper;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Weak entity tags of answers. They are made from the content, not from a version number: presence
 * changes with time, and a rebuild may show more under the same numbers. The instant of the read is
 * not part of the tag, the caller is.
 */
final class EntityTags {
    private static final int BYTES = 16;

    private final JsonMapper json;

    EntityTags(JsonMapper json) {
        this.json = json;
    }

    private record Reader(String companyId, String userId, String employeeId, Role role) {}

    /** As JSON. */
    byte[] written(Object content) {
        return json.writeValueAsBytes(content);
    }

    /**
     * @param content all that the answer says, but for when it was read
     */
    String of(Caller caller, byte[] content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(
                    written(
                            new Reader(
                                    caller.companyId(),
                                    caller.userId(),
                                    caller.employeeId(),
                                    caller.role())));
            byte[] tag = new byte[BYTES];
            System.arraycopy(digest.digest(content), 0, tag, 0, BYTES);
            return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(tag) + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}

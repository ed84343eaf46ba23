package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Who asks, as the server found it in the token and wrote it into the command's metadata. */
record Actor(String companyId, String employeeId, Role role) {
    static Actor of(Map<String, ?> metadata) {
        return new Actor(
                text(metadata, MetadataKeys.COMPANY_ID),
                text(metadata, MetadataKeys.ACTOR_ID),
                Role.valueOf(text(metadata, MetadataKeys.ACTOR_ROLE)));
    }

    static String text(Map<String, ?> metadata, String key) {
        @Nullable Object value = metadata.get(key);
        if (value == null) {
            throw new IllegalArgumentException("a command was dispatched without its " + key);
        }
        return value.toString();
    }
}

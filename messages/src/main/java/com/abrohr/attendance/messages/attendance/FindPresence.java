package com.abrohr.attendance.messages.attendance;

import com.abrohr.attendance.messages.PageRequest;

import org.jspecify.annotations.Nullable;

/** Where people stand, by employee id; answered with a Page of {@link PresenceView}. */
public record FindPresence(
        String companyId,
        @Nullable String employeeId,
        @Nullable String siteId,
        @Nullable String departmentId,
        @Nullable Presence presence,
        PageRequest page) {}

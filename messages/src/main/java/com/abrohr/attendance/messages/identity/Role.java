package com.abrohr.attendance.messages.identity;

import com.abrohr.attendance.messages.EnumNames;

import java.util.Optional;

public enum Role {
    EMPLOYEE,
    MANAGER,
    HR,
    AUDITOR,
    ADMIN,
    INTEGRATION,
    /** The product itself, as in a registration on first use; never accepted from a token. */
    SYSTEM;

    /**
     * Reads the role claim of a token, in upper or lower case; empty for unknown words and for
     * SYSTEM.
     */
    public static Optional<Role> ofClaim(String claim) {
        return EnumNames.find(Role.class, claim).filter(role -> role != SYSTEM);
    }

    /**
     * Whether this role gets what the managers of a company get: the guide's manager_company room.
     */
    public boolean watchesCompany() {
        return this == MANAGER || this == HR;
    }

    /** Whether this role may read rows of every employee of its company. */
    public boolean readsCompany() {
        return this == MANAGER
                || this == HR
                || this == AUDITOR
                || this == ADMIN
                || this == INTEGRATION;
    }
}

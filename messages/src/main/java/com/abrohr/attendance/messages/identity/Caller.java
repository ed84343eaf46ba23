package com.abrohr.attendance.messages.identity;

import java.time.Instant;

/**
 * Who is behind a verified token.
 *
 * @param companyId the only company that this caller can touch
 * @param userId the token's subject
 * @param employeeId the employee that this user is; equals userId unless the token says otherwise
 * @param expiresAt after this instant the token is worth nothing
 */
public record Caller(
        String companyId, String userId, String employeeId, Role role, Instant expiresAt) {

    public boolean is(String otherEmployeeId) {
        return employeeId.equals(otherEmployeeId);
    }
}

package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.eventstore.StreamVersion;
import com.abrohr.attendance.messages.EmployeeCommand;

import org.jspecify.annotations.Nullable;

/** Which employees exist and in which zone, as the command bus has to know before a decision. */
public interface KnownEmployees {
    /**
     * @param zoneId IANA zone
     * @param asOf the employee's stream as it was read; what is decided with this zone is stored
     *     only while that stream has nothing newer
     */
    record KnownEmployee(String zoneId, StreamVersion asOf) {}

    /** Null for an unknown employee. */
    @Nullable KnownEmployee find(String companyId, String employeeId);

    /** The next look-up reads the log. */
    void forget(String companyId, String employeeId);

    /** How somebody is registered who is known from nothing but a valid token. */
    EmployeeCommand enrolment(String companyId, String employeeId);
}

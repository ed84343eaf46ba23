package com.abrohr.attendance.command.engine;

import static com.abrohr.attendance.messages.identity.Role.ADMIN;
import static com.abrohr.attendance.messages.identity.Role.EMPLOYEE;
import static com.abrohr.attendance.messages.identity.Role.HR;
import static com.abrohr.attendance.messages.identity.Role.INTEGRATION;
import static com.abrohr.attendance.messages.identity.Role.MANAGER;
import static com.abrohr.attendance.messages.identity.Role.SYSTEM;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who may ask for a command, about themself and about others of their company. AUDITOR stands
 * nowhere: it changes nothing. That nobody approves their own is a rule of the aggregates.
 */
public record Permission(Set<Role> aboutSelf, Set<Role> aboutOthers) {
    /** Everybody who works for themself; HR, integrations and the product for others. */
    public static final Permission OWN =
            new Permission(
                    EnumSet.of(EMPLOYEE, MANAGER, HR, ADMIN, INTEGRATION, SYSTEM),
                    EnumSet.of(HR, INTEGRATION, SYSTEM));

    /** Whoever approves. */
    public static final Permission APPROVAL = everywhere(EnumSet.of(MANAGER, HR));

    /** Whoever keeps the records of employees. */
    public static final Permission RECORDS = everywhere(EnumSet.of(HR, ADMIN, INTEGRATION, SYSTEM));

    public Permission {
        aboutSelf = Set.copyOf(aboutSelf);
        aboutOthers = Set.copyOf(aboutOthers);
    }

    private static Permission everywhere(Set<Role> roles) {
        return new Permission(roles, roles);
    }

    /**
     * @throws Refusal FORBIDDEN
     */
    void check(EmployeeCommand command, Actor actor) {
        boolean self = actor.employeeId().equals(command.employeeId());
        if (!actor.companyId().equals(command.companyId())
                || !(self ? aboutSelf : aboutOthers).contains(actor.role())) {
            throw new Refusal(RefusalCode.FORBIDDEN, "Your role may not ask for this");
        }
    }
}

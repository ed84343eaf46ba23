package com.abrohr.attendance.command.bus;

import static com.abrohr.attendance.messages.identity.Role.ADMIN;
import static com.abrohr.attendance.messages.identity.Role.EMPLOYEE;
import static com.abrohr.attendance.messages.identity.Role.HR;
import static com.abrohr.attendance.messages.identity.Role.INTEGRATION;
import static com.abrohr.attendance.messages.identity.Role.MANAGER;
import static com.abrohr.attendance.messages.identity.Role.SYSTEM;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * Who may ask for what, about whom. AUDITOR stands nowhere: it changes nothing. That nobody decides
 * about themself is a rule of the aggregates, not of roles.
 */
final class Authorization {

    private record Grant(Set<Role> aboutSelf, Set<Role> aboutOthers) {}

    private static final Set<Role> EVERY_WORKER =
            EnumSet.of(EMPLOYEE, MANAGER, HR, ADMIN, INTEGRATION, SYSTEM);
    private static final Set<Role> WHOEVER_ACTS_FOR_OTHERS = EnumSet.of(HR, INTEGRATION, SYSTEM);
    private static final Set<Role> DECIDERS = EnumSet.of(MANAGER, HR);
    private static final Set<Role> KEEPERS_OF_RECORDS = EnumSet.of(HR, ADMIN, INTEGRATION, SYSTEM);

    private static final Map<Class<? extends EmployeeCommand>, Grant> TABLE =
            Map.of(
                    PunchIn.class, new Grant(EVERY_WORKER, WHOEVER_ACTS_FOR_OTHERS),
                    PunchOut.class, new Grant(EVERY_WORKER, WHOEVER_ACTS_FOR_OTHERS),
                    CorrectWorkSession.class, new Grant(DECIDERS, DECIDERS),
                    SubmitLeave.class, new Grant(EVERY_WORKER, WHOEVER_ACTS_FOR_OTHERS),
                    WithdrawLeave.class, new Grant(EVERY_WORKER, WHOEVER_ACTS_FOR_OTHERS),
                    ApproveLeave.class, new Grant(DECIDERS, DECIDERS),
                    RejectLeave.class, new Grant(DECIDERS, DECIDERS),
                    RegisterEmployee.class, new Grant(KEEPERS_OF_RECORDS, KEEPERS_OF_RECORDS));

    private Authorization() {}

    /**
     * @throws Refusal FORBIDDEN
     */
    static void check(EmployeeCommand command, Actor actor) {
        Grant grant = TABLE.get(command.getClass());
        boolean aboutSelf = actor.employeeId().equals(command.employeeId());
        if (grant == null
                || !actor.companyId().equals(command.companyId())
                || !(aboutSelf ? grant.aboutSelf() : grant.aboutOthers()).contains(actor.role())) {
            throw new Refusal(RefusalCode.FORBIDDEN, "Your role may not ask for this");
        }
    }
}

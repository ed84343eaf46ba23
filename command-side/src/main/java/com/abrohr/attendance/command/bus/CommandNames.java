package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import java.util.Map;

/**
 * What fingerprints call the commands. A name stays for ever, whatever becomes of the class: by
 * another one no repeat of a stored command would be recognised.
 */
final class CommandNames {

    static final Map<Class<? extends EmployeeCommand>, String> ALL =
            Map.of(
                    PunchIn.class, "PunchIn",
                    PunchOut.class, "PunchOut",
                    CorrectWorkSession.class, "CorrectWorkSession",
                    SubmitLeave.class, "SubmitLeave",
                    ApproveLeave.class, "ApproveLeave",
                    RejectLeave.class, "RejectLeave",
                    WithdrawLeave.class, "WithdrawLeave",
                    RegisterEmployee.class, "RegisterEmployee");

    private CommandNames() {}

    static String of(EmployeeCommand command) {
        String name = ALL.get(command.getClass());
        if (name == null) {
            throw new IllegalArgumentException("no name for " + command.getClass());
        }
        return name;
    }
}

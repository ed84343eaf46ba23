package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionReceipt;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;

/** Makes the receipt of a command from the first event that it stored. */
final class Receipts {

    private Receipts() {}

    /**
     * @param event the first event of the command
     * @param seq the company's number of the last event of the command
     */
    static Receipt of(Object event, String commandId, long seq) {
        return switch (event) {
            case AttendanceEvent it -> attendance(it, commandId, seq);
            case LeaveEvent it -> leave(it, commandId, seq);
            case WorkforceEvent it -> workforce(it, commandId, seq);
            default ->
                    throw new IllegalStateException(
                            "no command is answered with " + event.getClass().getName());
        };
    }

    private static Receipt attendance(AttendanceEvent event, String commandId, long seq) {
        return switch (event) {
            case PunchedIn it ->
                    new PunchReceipt(
                            it.sessionId(),
                            PunchType.IN,
                            it.employeeId(),
                            commandId,
                            it.occurredAt(),
                            it.countedAt(),
                            seq);
            case PunchedOut it ->
                    new PunchReceipt(
                            it.sessionId(),
                            PunchType.OUT,
                            it.employeeId(),
                            commandId,
                            it.occurredAt(),
                            it.countedAt(),
                            seq);
            case CorrectionRequested it -> correction(it, commandId, seq);
            case CorrectionApproved it -> correction(it, commandId, seq);
            case PunchCorrected it -> correction(it, commandId, seq);
        };
    }

    private static Receipt correction(AttendanceEvent event, String commandId, long seq) {
        return new CorrectionReceipt(event.sessionId(), event.employeeId(), commandId, seq);
    }

    private static Receipt leave(LeaveEvent event, String commandId, long seq) {
        LeaveStatus status =
                switch (event) {
                    case LeaveSubmitted _ -> LeaveStatus.PENDING;
                    case LeaveApproved _ -> LeaveStatus.APPROVED;
                    case LeaveRejected _ -> LeaveStatus.REJECTED;
                    case LeaveWithdrawn _ -> LeaveStatus.WITHDRAWN;
                };
        return new LeaveReceipt(event.leaveId(), status, event.employeeId(), commandId, seq);
    }

    private static Receipt workforce(WorkforceEvent event, String commandId, long seq) {
        return switch (event) {
            case EmployeeRegistered it -> new EmployeeReceipt(it.employeeId(), commandId, seq);
        };
    }
}

package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.command.engine.AggregateType;
import com.abrohr.attendance.command.engine.CommandType;
import com.abrohr.attendance.command.engine.CommandType.TargetEmployee;
import com.abrohr.attendance.command.engine.FieldRules;
import com.abrohr.attendance.command.engine.Permission;
import com.abrohr.attendance.command.serialization.EventType;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import org.jspecify.annotations.Nullable;

import java.util.List;

/** The commands and events of {@link LeaveAccount}. */
public final class LeaveAccountType extends AggregateType<LeaveAccount> {
    public LeaveAccountType() {
        super(
                LeaveAccount.class,
                LeaveAccount::new,
                LeaveAccount.STREAM_TYPE,
                LeaveAccount::retainedBytes);
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(
                new CommandType<>(
                                SubmitLeave.class,
                                "SubmitLeave",
                                Permission.OWN,
                                LeaveAccountType::checkFields)
                        .about(TargetEmployee.REQUIRED),
                new CommandType<>(
                        WithdrawLeave.class,
                        "WithdrawLeave",
                        Permission.OWN,
                        it -> leaveId(it.leaveId(), it.employeeId())),
                new CommandType<>(
                        ApproveLeave.class,
                        "ApproveLeave",
                        Permission.APPROVAL,
                        it -> decision(it.leaveId(), it.employeeId(), it.comment())),
                new CommandType<>(
                        RejectLeave.class,
                        "RejectLeave",
                        Permission.APPROVAL,
                        it -> decision(it.leaveId(), it.employeeId(), it.comment())));
    }

    public static List<EventType> events() {
        return List.of(
                EventType.of(LeaveSubmitted.class, "LeaveSubmitted", "1"),
                EventType.of(LeaveApproved.class, "LeaveApproved", "2", "1"),
                EventType.of(LeaveRejected.class, "LeaveRejected", "2", "1"),
                EventType.of(LeaveWithdrawn.class, "LeaveWithdrawn", "2", "1"));
    }

    @Override
    protected Receipt receipt(DomainEvent event, String commandId, long seq) {
        var leaveEvent = (LeaveEvent) event;
        LeaveStatus status =
                switch (leaveEvent) {
                    case LeaveSubmitted _ -> LeaveStatus.PENDING;
                    case LeaveApproved _ -> LeaveStatus.APPROVED;
                    case LeaveRejected _ -> LeaveStatus.REJECTED;
                    case LeaveWithdrawn _ -> LeaveStatus.WITHDRAWN;
                };
        return new LeaveReceipt(
                leaveEvent.leaveId(), status, leaveEvent.employeeId(), commandId, seq);
    }

    private static void checkFields(SubmitLeave command) {
        FieldRules.required("leaveType", command.leaveType(), FieldRules.WORD);
        FieldRules.date("startDate", command.startDate());
        FieldRules.date("endDate", command.endDate());
        FieldRules.text("reason", command.reason(), FieldRules.TEXT);
    }

    private static void decision(String leaveId, String employeeId, @Nullable String comment) {
        leaveId(leaveId, employeeId);
        FieldRules.text("comment", comment, FieldRules.TEXT);
    }

    private static void leaveId(String leaveId, String employeeId) {
        FieldRules.required("id", leaveId, FieldRules.NUMBERED_ID);
        if (LeaveRequestId.parse(leaveId)
                .filter(id -> id.employeeId().equals(employeeId))
                .isEmpty()) {
            throw new Refusal(RefusalCode.UNKNOWN_LEAVE, "No such leave request");
        }
    }
}

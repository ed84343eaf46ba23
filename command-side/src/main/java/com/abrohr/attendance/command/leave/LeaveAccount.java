package com.abrohr.attendance.command.leave;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.abrohr.attendance.command.engine.Circumstances;
import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.command.engine.NoSelfApproval;
import com.abrohr.attendance.command.engine.RecentCommands;
import com.abrohr.attendance.command.engine.StreamId;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** One employee's leave account: requests, and what becomes of them. */
@AggregateRoot(type = "LeaveAccount")
final class LeaveAccount {
    static final String STREAM_TYPE = "leave-account";

    @SuppressWarnings("UnusedVariable") // read by Axon
    @AggregateIdentifier
    private @Nullable String streamId;

    private final RecentCommands recentCommands = new RecentCommands();
    private final LeaveRequests requests = new LeaveRequests();

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<LeaveEvent> handle(SubmitLeave command, MetaData metadata) {
        return applied(decide(command, Circumstances.of(metadata)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<LeaveEvent> handle(WithdrawLeave command, MetaData metadata) {
        return applied(decide(command, Circumstances.of(metadata)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<LeaveEvent> handle(ApproveLeave command, MetaData metadata) {
        return applied(decide(command, Circumstances.of(metadata)));
    }

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<LeaveEvent> handle(RejectLeave command, MetaData metadata) {
        return applied(decide(command, Circumstances.of(metadata)));
    }

    private LeaveEvent decide(SubmitLeave command, Circumstances now) {
        recentCommands.mustNotHold(now.commandId());
        LeaveDays days = LeaveDays.asked(command.startDate(), command.endDate());
        new LeavesDoNotOverlap(requests).check(days);
        return new LeaveSubmitted(
                command.companyId(),
                command.employeeId(),
                new LeaveRequestId(command.employeeId(), requests.count() + 1L).toString(),
                command.leaveType(),
                days.first(),
                days.last(),
                command.reason());
    }

    private LeaveEvent decide(WithdrawLeave command, Circumstances now) {
        recentCommands.mustNotHold(now.commandId());
        LeaveRequests.Entry request =
                new OnlyPendingRequestsChange(requests).check(command.leaveId());
        return new LeaveWithdrawn(
                command.companyId(),
                command.employeeId(),
                command.leaveId(),
                request.leaveType(),
                request.days().first(),
                request.days().last());
    }

    private LeaveEvent decide(ApproveLeave command, Circumstances now) {
        LeaveRequests.Entry request =
                mustBeForThisActorToDecide(command.employeeId(), command.leaveId(), now);
        return new LeaveApproved(
                command.companyId(),
                command.employeeId(),
                command.leaveId(),
                request.leaveType(),
                request.days().first(),
                request.days().last(),
                now.actorId(),
                command.comment());
    }

    private LeaveEvent decide(RejectLeave command, Circumstances now) {
        LeaveRequests.Entry request =
                mustBeForThisActorToDecide(command.employeeId(), command.leaveId(), now);
        return new LeaveRejected(
                command.companyId(),
                command.employeeId(),
                command.leaveId(),
                request.leaveType(),
                request.days().first(),
                request.days().last(),
                now.actorId(),
                command.comment());
    }

    private LeaveRequests.Entry mustBeForThisActorToDecide(
            String employee, String leaveId, Circumstances now) {
        recentCommands.mustNotHold(now.commandId());
        OnlyPendingRequestsChange moves = new OnlyPendingRequestsChange(requests);
        moves.mustExist(leaveId);
        new NoSelfApproval(now.actorId()).check(employee);
        return moves.check(leaveId);
    }

    @EventSourcingHandler
    void evolve(LeaveEvent event, @MetaDataValue(MetadataKeys.COMMAND_ID) String commandId) {
        streamId = new StreamId(STREAM_TYPE, event.companyId(), event.employeeId()).toString();
        recentCommands.remember(commandId);
        switch (event) {
            case LeaveSubmitted it ->
                    requests.add(
                            it.leaveId(),
                            it.leaveType(),
                            new LeaveDays(it.startDate(), it.endDate()));
            case LeaveApproved it -> requests.turn(it.leaveId(), LeaveStatus.APPROVED);
            case LeaveRejected it -> requests.turn(it.leaveId(), LeaveStatus.REJECTED);
            case LeaveWithdrawn it -> requests.turn(it.leaveId(), LeaveStatus.WITHDRAWN);
        }
    }

    int retainedBytes() {
        return HeapSize.ofObject(3 * HeapSize.REFERENCE)
                + recentCommands.retainedBytes()
                + requests.retainedBytes();
    }

    private static List<LeaveEvent> applied(LeaveEvent event) {
        AggregateLifecycle.apply(event);
        return List.of(event);
    }
}

package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LeaveRequestController {

    private final WriteGate gate;

    LeaveRequestController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping("/api/v1/leave-requests")
    @ResponseStatus(HttpStatus.CREATED)
    Receipt submit(
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller) {
        RequestBody body =
                RequestBody.read(
                        request, "employeeId", "leaveType", "startDate", "endDate", "reason");
        String named = body.text("employeeId");
        return gate.send(
                new SubmitLeave(
                        caller.companyId(),
                        named == null ? caller.employeeId() : named,
                        WriteGate.commandId(idempotencyKey),
                        body.neededText("leaveType"),
                        body.neededDate("startDate"),
                        body.neededDate("endDate"),
                        body.text("reason")),
                caller);
    }

    @PostMapping("/api/v1/leave-requests/{id}:approve")
    Receipt approve(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller) {
        RequestBody body = RequestBody.read(request, "comment");
        return gate.send(
                new ApproveLeave(
                        caller.companyId(),
                        employeeOf(id),
                        WriteGate.commandId(idempotencyKey),
                        id,
                        body.text("comment")),
                caller);
    }

    @PostMapping("/api/v1/leave-requests/{id}:reject")
    Receipt reject(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller) {
        RequestBody body = RequestBody.read(request, "comment");
        return gate.send(
                new RejectLeave(
                        caller.companyId(),
                        employeeOf(id),
                        WriteGate.commandId(idempotencyKey),
                        id,
                        body.text("comment")),
                caller);
    }

    @PostMapping("/api/v1/leave-requests/{id}:withdraw")
    Receipt withdraw(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller) {
        RequestBody.read(request);
        return gate.send(
                new WithdrawLeave(
                        caller.companyId(),
                        employeeOf(id),
                        WriteGate.commandId(idempotencyKey),
                        id),
                caller);
    }

    private static String employeeOf(String leaveId) {
        return LeaveRequestId.parse(leaveId)
                .orElseThrow(() -> new Refusal(RefusalCode.UNKNOWN_LEAVE, "No such leave request"))
                .employeeId();
    }
}

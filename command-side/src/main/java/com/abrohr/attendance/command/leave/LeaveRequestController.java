package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
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
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LeaveRequestController {

    private final WriteGate gate;

    LeaveRequestController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping(path = "/api/v1/leave-requests", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> submit(
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body =
                RequestBody.read(
                        request, "employeeId", "leaveType", "startDate", "endDate", "reason");
        String named = body.text("employeeId");
        return gate.send(
                request,
                HttpStatus.CREATED,
                new SubmitLeave(
                        caller.companyId(),
                        named == null ? caller.employeeId() : named,
                        WriteGate.commandId(idempotencyKey),
                        body.requiredText("leaveType"),
                        body.requiredDate("startDate"),
                        body.requiredDate("endDate"),
                        body.text("reason")),
                caller);
    }

    @PostMapping(
            path = "/api/v1/leave-requests/{id}:approve",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> approve(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body = RequestBody.read(request, "comment");
        return gate.send(
                request,
                HttpStatus.OK,
                new ApproveLeave(
                        caller.companyId(),
                        employeeOf(id),
                        WriteGate.commandId(idempotencyKey),
                        id,
                        body.text("comment")),
                caller);
    }

    @PostMapping(
            path = "/api/v1/leave-requests/{id}:reject",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> reject(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body = RequestBody.read(request, "comment");
        return gate.send(
                request,
                HttpStatus.OK,
                new RejectLeave(
                        caller.companyId(),
                        employeeOf(id),
                        WriteGate.commandId(idempotencyKey),
                        id,
                        body.text("comment")),
                caller);
    }

    @PostMapping(
            path = "/api/v1/leave-requests/{id}:withdraw",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> withdraw(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody.read(request);
        return gate.send(
                request,
                HttpStatus.OK,
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

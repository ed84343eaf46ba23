package com.abrohr.attendance.command.leave;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveCommand;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class LeaveRequestController {
    private final WriteGate gate;

    LeaveRequestController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping(path = "/api/v1/leave-requests", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> submit(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller)
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
                        WriteGate.commandId(request),
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
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        String comment = RequestBody.read(request, "comment").text("comment");
        return decide(
                id,
                request,
                caller,
                (company, employee, commandId) ->
                        new ApproveLeave(company, employee, commandId, id, comment));
    }

    @PostMapping(
            path = "/api/v1/leave-requests/{id}:reject",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> reject(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        String comment = RequestBody.read(request, "comment").text("comment");
        return decide(
                id,
                request,
                caller,
                (company, employee, commandId) ->
                        new RejectLeave(company, employee, commandId, id, comment));
    }

    @PostMapping(
            path = "/api/v1/leave-requests/{id}:withdraw",
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> withdraw(
            @PathVariable("id") String id,
            HttpServletRequest request,
            @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody.read(request);
        return decide(
                id,
                request,
                caller,
                (company, employee, commandId) ->
                        new WithdrawLeave(company, employee, commandId, id));
    }

    private interface Decision {
        LeaveCommand of(String companyId, String employeeId, String commandId);
    }

    private ResponseEntity<Written> decide(
            String leaveId, HttpServletRequest request, Caller caller, Decision decision) {
        String employee =
                LeaveRequestId.parse(leaveId)
                        .orElseThrow(
                                () ->
                                        new Refusal(
                                                RefusalCode.UNKNOWN_LEAVE, "No such leave request"))
                        .employeeId();
        return gate.send(
                request,
                HttpStatus.OK,
                decision.of(caller.companyId(), employee, WriteGate.commandId(request)),
                caller);
    }
}

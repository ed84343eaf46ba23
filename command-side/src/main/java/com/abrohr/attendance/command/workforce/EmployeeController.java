package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EmployeeController {
    private final WriteGate gate;

    EmployeeController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping(path = "/api/v1/employees", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> register(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body =
                RequestBody.read(
                        request, "employeeId", "displayName", "departmentId", "siteId", "zone");
        return gate.send(
                request,
                HttpStatus.CREATED,
                new RegisterEmployee(
                        caller.companyId(),
                        body.requiredText("employeeId"),
                        WriteGate.commandId(request),
                        body.text("displayName"),
                        body.text("departmentId"),
                        body.text("siteId"),
                        body.text("zone")),
                caller);
    }
}

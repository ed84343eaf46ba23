package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class EmployeeController {

    private final WriteGate gate;

    EmployeeController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping("/api/v1/employees")
    @ResponseStatus(HttpStatus.CREATED)
    Receipt register(
            HttpServletRequest request,
            @RequestHeader(name = WriteGate.IDEMPOTENCY_KEY, required = false)
                    @Nullable String idempotencyKey,
            @AuthenticationPrincipal Caller caller) {
        RequestBody body =
                RequestBody.read(
                        request, "employeeId", "displayName", "departmentId", "siteId", "zone");
        return gate.send(
                new RegisterEmployee(
                        caller.companyId(),
                        body.neededText("employeeId"),
                        WriteGate.commandId(idempotencyKey),
                        body.text("displayName"),
                        body.text("departmentId"),
                        body.text("siteId"),
                        body.text("zone")),
                caller);
    }
}

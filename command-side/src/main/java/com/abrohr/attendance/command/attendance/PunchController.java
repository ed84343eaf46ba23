package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.time.Instant;

@RestController
final class PunchController {
    private final WriteGate gate;

    PunchController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping(path = "/api/v1/punches", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> punch(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body =
                RequestBody.read(
                        request, "type", "occurredAt", "zone", "location", "employeeId", "offline");
        boolean offline = Boolean.TRUE.equals(body.flag("offline"));
        if (offline && request.getHeader(WriteGate.IDEMPOTENCY_KEY) == null) {
            throw Refusal.invalid(
                    WriteGate.IDEMPOTENCY_KEY,
                    WriteGate.IDEMPOTENCY_KEY + " is required for an offline punch");
        }
        return gate.send(
                request,
                HttpStatus.CREATED,
                command(body, offline, WriteGate.commandId(request), caller),
                caller);
    }

    /**
     * @throws Refusal INVALID
     */
    static EmployeeCommand command(
            RequestBody body, boolean offline, String commandId, Caller caller) {
        PunchType type = type(body);
        String company = caller.companyId();
        String named = body.text("employeeId");
        String employee = named == null ? caller.employeeId() : named;
        Instant occurredAt = body.instant("occurredAt");
        String zone = body.text("zone");
        Location location = location(body.object("location", "lat", "lng", "accuracy"));
        return switch (type) {
            case IN ->
                    new PunchIn(company, employee, commandId, occurredAt, zone, location, offline);
            case OUT ->
                    new PunchOut(company, employee, commandId, occurredAt, zone, location, offline);
        };
    }

    private static PunchType type(RequestBody body) {
        String text = body.requiredText("type");
        for (PunchType type : PunchType.values()) {
            if (type.name().equals(text)) {
                return type;
            }
        }
        throw body.fault("type", "must be IN or OUT");
    }

    private static @Nullable Location location(@Nullable RequestBody body) {
        if (body == null) {
            return null;
        }
        try {
            return new Location(
                    body.requiredNumber("lat"),
                    body.requiredNumber("lng"),
                    body.number("accuracy"));
        } catch (Location.OutOfRange e) {
            throw body.fault(e.component(), e.fault());
        }
    }
}

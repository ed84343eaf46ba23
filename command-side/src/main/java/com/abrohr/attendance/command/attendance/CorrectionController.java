package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.WorkSessionId;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
final class CorrectionController {
    private final WriteGate gate;

    CorrectionController(WriteGate gate) {
        this.gate = gate;
    }

    /** Requested and decided in one, by somebody who may decide about others. */
    @PostMapping(path = "/api/v1/corrections", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Written> correct(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body =
                RequestBody.read(request, "sessionId", "punchInTime", "punchOutTime", "reason");
        WorkSessionId session =
                WorkSessionId.parse(body.requiredText("sessionId"))
                        .orElseThrow(
                                () -> new Refusal(RefusalCode.NOT_FOUND, "No such work session"));
        return gate.send(
                request,
                HttpStatus.CREATED,
                new CorrectWorkSession(
                        caller.companyId(),
                        session.employeeId(),
                        WriteGate.commandId(request),
                        session.toString(),
                        body.instant("punchInTime"),
                        body.instant("punchOutTime"),
                        body.text("reason")),
                caller);
    }
}

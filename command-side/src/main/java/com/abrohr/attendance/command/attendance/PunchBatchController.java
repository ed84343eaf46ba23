package com.abrohr.attendance.command.attendance;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.command.api.RequestBody.Element;
import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.api.Written;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.identity.Caller;
import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Punches that were kept for later: carried out in their order, each answered by itself. */
@RestController
final class PunchBatchController {
    private final WriteGate gate;

    PunchBatchController(WriteGate gate) {
        this.gate = gate;
    }

    @PostMapping(path = "/api/v1/punches:batch", produces = MediaType.APPLICATION_JSON_VALUE)
    Answers punches(HttpServletRequest request, @AuthenticationPrincipal Caller caller)
            throws HttpMediaTypeNotSupportedException {
        RequestBody body = RequestBody.read(request, "offline", "items");
        boolean offline = body.requiredFlag("offline");
        List<Element> items = body.requiredElements("items", Punch.MOST_IN_A_BATCH);
        List<Answer> answers = new ArrayList<>();
        boolean stopped = false;
        for (Element item : items) {
            Answer answer =
                    stopped
                            ? Refused.of(item, Refused.NOT_TRIED)
                            : answer(request, item, offline, caller);
            answers.add(answer);
            // A later punch must not be stored before one whose outcome is unknown.
            stopped = answer.status() == RefusalCode.UNAVAILABLE.httpStatus();
        }
        return new Answers(answers);
    }

    private Answer answer(
            HttpServletRequest request, Element item, boolean offline, Caller caller) {
        try {
            RequestBody body =
                    item.object(
                            "type", "occurredAt", "zone", "location", "employeeId", "commandId");
            var command =
                    PunchController.command(body, offline, body.requiredText("commandId"), caller);
            try {
                return new Stored(
                        HttpStatus.CREATED.value(), gate.execute(request, command, caller));
            } catch (Refusal refusal) {
                return Refused.of(item, body.inside(refusal));
            }
        } catch (Refusal refusal) {
            return Refused.of(item, refusal);
        }
    }

    /** In the order of the items. */
    record Answers(List<Answer> items) {}

    sealed interface Answer {
        /** What a request with this punch alone would have been answered with. */
        int status();
    }

    record Stored(int status, @JsonUnwrapped Written written) implements Answer {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Refused(
            int status,
            String code,
            String detail,
            @Nullable String field,
            @Nullable String commandId,
            @JsonAnyGetter Map<String, Object> details)
            implements Answer {
        static final Refusal NOT_TRIED =
                new Refusal(
                        RefusalCode.UNAVAILABLE,
                        "Not tried, because an earlier punch has no known outcome; repeat both");

        static Refused of(Element item, Refusal refusal) {
            return new Refused(
                    refusal.code().httpStatus(),
                    refusal.code().name(),
                    refusal.reason(),
                    refusal.field(),
                    item.textIfAny("commandId"),
                    refusal.details());
        }
    }
}

package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Writes a problem where no controller is reached. */
public final class ProblemWriter {
    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    public void write(
            HttpServletRequest request,
            HttpServletResponse response,
            RefusalCode code,
            String detail)
            throws IOException {
        write(request, response, new Refusal(code, detail));
    }

    void write(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
            throws IOException {
        Problem problem = Problems.of(request, refusal);
        byte[] body = json.writeValueAsBytes(problem);
        response.setStatus(problem.status());
        Problems.headers(problem).toSingleValueMap().forEach(response::setHeader);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The problem of a response that has nothing but a status. */
    public String text(HttpServletRequest request, int status) {
        return json.writeValueAsString(ProblemAdvice.ofStatus(request, status));
    }
}

package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;

/** Answers with a problem where no controller is reached. */
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
        byte[] body = json.writeValueAsBytes(Problems.of(request, refusal));
        response.setStatus(refusal.code().httpStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        if (refusal.code() == RefusalCode.UNAVAILABLE) {
            response.setHeader(HttpHeaders.RETRY_AFTER, "1");
        }
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The problem of an answer that has nothing but a status. */
    public String text(HttpServletRequest request, int status) {
        return json.writeValueAsString(ProblemAdvice.ofStatus(request, status));
    }
}

package com.abrohr.attendance.app.web;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.http.HttpServletRequest;

import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.validation.BindException;
import org.springframework.validation.Errors;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestTimeoutException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.util.DisconnectedClientHelper;

import tools.jackson.core.JacksonException;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Maps refusals and failures of controllers to problems. */
@RestControllerAdvice
final class ProblemAdvice {
    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final int DEEPEST_CAUSE = 16;

    @ExceptionHandler
    @Nullable ResponseEntity<Problem> answer(Exception failure, HttpServletRequest request)
            throws Exception {
        return switch (failure) {
            case AuthenticationException e -> throw e;
            case AccessDeniedException e -> throw e;
            // The client has disconnected.
            case IOException gone
                    when DisconnectedClientHelper.isClientDisconnectedException(gone) ->
                    null;
            default -> respond(problem(failure, request), headers(failure));
        };
    }

    private static Problem problem(Exception failure, HttpServletRequest request) {
        Optional<Refusal> refusal = cause(failure, Refusal.class);
        if (refusal.isPresent()) {
            return Problems.of(request, refusal.get());
        }
        if (isStorageFailure(failure)) {
            log.warn("Storage failed: {}", failure.toString());
            return Problems.of(request, RefusalCode.UNAVAILABLE, Problems.UNAVAILABLE);
        }
        return switch (failure) {
            // Malformed in a way that WellFormedRequestFilter does not check.
            case InvalidParameterException e -> ofStatus(request, 400);
            case RequestRejectedException e -> ofStatus(request, 400);
            case HttpMessageNotReadableException e ->
                    invalid(request, path(e), "The body is not the JSON that this route takes");
            case MissingServletRequestParameterException e ->
                    invalid(request, e.getParameterName(), e.getParameterName() + " is required");
            case MissingRequestHeaderException e ->
                    invalid(request, e.getHeaderName(), e.getHeaderName() + " is required");
            case MethodArgumentTypeMismatchException e ->
                    invalid(request, e.getName(), e.getName() + " has the wrong form");
            case TypeMismatchException e ->
                    invalid(request, e.getPropertyName(), "a value has the wrong form");
            case MethodArgumentNotValidException e -> invalidField(request, e.getBindingResult());
            case BindException e -> invalidField(request, e.getBindingResult());
            case HandlerMethodValidationException e ->
                    invalid(
                            request,
                            e.getParameterValidationResults().stream()
                                    .map(r -> r.getMethodParameter().getParameterName())
                                    .findFirst()
                                    .orElse(null),
                            "a value is out of its range");
            case ErrorResponse e -> ofStatus(request, e.getStatusCode().value());
            default -> {
                log.error(
                        "Request failed: {} {}",
                        request.getMethod(),
                        request.getRequestURI(),
                        failure);
                yield Problems.internal(request);
            }
        };
    }

    static Problem ofStatus(HttpServletRequest request, int status) {
        return switch (status) {
            case 401 ->
                    Problems.of(
                            request, RefusalCode.UNAUTHENTICATED, "A valid bearer token is needed");
            case 403 -> Problems.of(request, RefusalCode.FORBIDDEN, "This request is not allowed");
            case 404 -> Problems.of(request, RefusalCode.NOT_FOUND, "There is nothing here");
            case 413 -> Problems.of(request, RefusalCode.TOO_LARGE, Problems.TOO_LARGE);
            case 503 -> Problems.of(request, RefusalCode.UNAVAILABLE, Problems.UNAVAILABLE);
            case 405 -> Problems.of(request, 405, "INVALID", null, "This method is not known here");
            case 406 -> Problems.of(request, 406, "INVALID", null, "Only JSON can be given here");
            case 415 -> Problems.of(request, 415, "INVALID", null, "The body must be JSON");
            default ->
                    status >= 400 && status < 500
                            ? Problems.of(
                                    request, status, "INVALID", null, "The request is malformed")
                            : Problems.internal(request);
        };
    }

    private static boolean isStorageFailure(Exception failure) {
        return failure instanceof AsyncRequestTimeoutException
                || cause(failure, DataAccessResourceFailureException.class).isPresent()
                || cause(failure, TransientDataAccessException.class).isPresent()
                || cause(failure, CannotCreateTransactionException.class).isPresent()
                || cause(failure, SQLException.class).filter(ProblemAdvice::isLost).isPresent();
    }

    // 08: connection, 53: resources, 57: shut down, 25006: read only after a fail-over.
    private static boolean isLost(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57")
                        || state.equals("25006"));
    }

    private static Problem invalidField(HttpServletRequest request, Errors errors) {
        String field = errors.getFieldError() == null ? null : errors.getFieldError().getField();
        return invalid(request, field, (field == null ? "a value" : field) + " is not valid");
    }

    private static Problem invalid(
            HttpServletRequest request, @Nullable String field, String detail) {
        return Problems.of(request, new Refusal(RefusalCode.INVALID, field, detail));
    }

    private static @Nullable String path(HttpMessageNotReadableException e) {
        List<JacksonException.Reference> path =
                cause(e, JacksonException.class).map(JacksonException::getPath).orElse(List.of());
        StringBuilder field = new StringBuilder();
        for (JacksonException.Reference step : path) {
            if (step.getPropertyName() == null) {
                field.append('[').append(step.getIndex()).append(']');
            } else {
                field.append(field.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return field.isEmpty() ? null : field.toString();
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        Throwable current = failure;
        for (int depth = 0; current != null && depth < DEEPEST_CAUSE; depth++) {
            if (type.isInstance(current)) {
                return Optional.of(type.cast(current));
            }
            current = current.getCause();
        }
        return Optional.empty();
    }

    private static HttpHeaders headers(Exception failure) {
        HttpHeaders headers = new HttpHeaders();
        if (failure instanceof ErrorResponse response) {
            headers.putAll(response.getHeaders());
        }
        return headers;
    }

    private static ResponseEntity<Problem> respond(Problem problem, HttpHeaders headers) {
        headers.putAll(Problems.headers(problem));
        return ResponseEntity.status(problem.status()).headers(headers).body(problem);
    }
}

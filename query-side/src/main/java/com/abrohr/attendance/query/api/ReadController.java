package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Source;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/** The lists of the company that the token names. */
@RestController
@RequestMapping("/api/v1")
class ReadController {

    private static final Logger log = LoggerFactory.getLogger(ReadController.class);

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final QueryGateway queries;

    ReadController(QueryGateway queries) {
        this.queries = queries;
    }

    @GetMapping("/punches")
    Page<PunchView> punches(
            @AuthenticationPrincipal Caller caller, @RequestParam Map<String, String> parameters) {
        var filters =
                new ReadFilters(
                        caller,
                        parameters,
                        Set.of("employeeId", "siteId", "from", "to", "source", "limit", "cursor"));
        Source source = filters.oneOf(Source.class, "source");
        return ask(
                new FindPunches(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.text("siteId"),
                        filters.instant("from"),
                        filters.instant("to"),
                        source == null ? null : source.name(),
                        filters.page()));
    }

    @GetMapping("/sessions")
    Page<WorkSessionView> sessions(
            @AuthenticationPrincipal Caller caller, @RequestParam Map<String, String> parameters) {
        var filters =
                new ReadFilters(
                        caller, parameters, Set.of("employeeId", "from", "to", "limit", "cursor"));
        return ask(
                new FindWorkSessions(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.date("from"),
                        filters.date("to"),
                        filters.page()));
    }

    @GetMapping("/presence")
    Page<PresenceView> presence(
            @AuthenticationPrincipal Caller caller, @RequestParam Map<String, String> parameters) {
        var filters =
                new ReadFilters(
                        caller,
                        parameters,
                        Set.of(
                                "employeeId",
                                "siteId",
                                "departmentId",
                                "presence",
                                "limit",
                                "cursor"));
        return ask(
                new FindPresence(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.text("siteId"),
                        filters.text("departmentId"),
                        filters.oneOf(Presence.class, "presence"),
                        filters.page()));
    }

    @GetMapping("/leave-requests")
    Page<LeaveRequestView> leaveRequests(
            @AuthenticationPrincipal Caller caller, @RequestParam Map<String, String> parameters) {
        var filters =
                new ReadFilters(
                        caller, parameters, Set.of("employeeId", "status", "limit", "cursor"));
        return ask(
                new FindLeaveRequests(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.oneOf(LeaveStatus.class, "status"),
                        filters.page()));
    }

    @SuppressWarnings("unchecked")
    private <T> Page<T> ask(Object query) {
        try {
            return (Page<T>)
                    queries.query(query, ResponseTypes.instanceOf(Page.class))
                            .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof Refusal refusal) {
                throw refusal;
            }
            log.warn("{} was not answered", query.getClass().getSimpleName(), e);
            throw new Refusal(RefusalCode.UNAVAILABLE, "the read models cannot be read now");
        }
    }
}

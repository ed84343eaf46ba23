package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.Page;
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
import com.abrohr.attendance.messages.workforce.EmployeeView;
import com.abrohr.attendance.messages.workforce.FindEmployees;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The lists of the company that the token names. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class ReadController {

    private final ReadGate gate;

    ReadController(ReadGate gate) {
        this.gate = gate;
    }

    @GetMapping("/punches")
    ResponseEntity<Page<PunchView>> punches(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters =
                ReadFilters.of(
                        caller,
                        request,
                        "employeeId",
                        "siteId",
                        "from",
                        "to",
                        "source",
                        "limit",
                        "cursor");
        Source source = filters.oneOf(Source.class, "source");
        return gate.page(
                request,
                caller,
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
    ResponseEntity<Page<WorkSessionView>> sessions(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters =
                ReadFilters.of(caller, request, "employeeId", "from", "to", "limit", "cursor");
        return gate.page(
                request,
                caller,
                new FindWorkSessions(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.date("from"),
                        filters.date("to"),
                        filters.page()));
    }

    @GetMapping("/presence")
    ResponseEntity<Page<PresenceView>> presence(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters =
                ReadFilters.of(
                        caller,
                        request,
                        "employeeId",
                        "siteId",
                        "departmentId",
                        "presence",
                        "limit",
                        "cursor");
        return gate.page(
                request,
                caller,
                new FindPresence(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.text("siteId"),
                        filters.text("departmentId"),
                        filters.oneOf(Presence.class, "presence"),
                        filters.page()));
    }

    @GetMapping("/leave-requests")
    ResponseEntity<Page<LeaveRequestView>> leaveRequests(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters =
                ReadFilters.of(caller, request, "employeeId", "status", "limit", "cursor");
        return gate.page(
                request,
                caller,
                new FindLeaveRequests(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.oneOf(LeaveStatus.class, "status"),
                        filters.page()));
    }

    @GetMapping("/employees")
    ResponseEntity<Page<EmployeeView>> employees(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters =
                ReadFilters.of(
                        caller, request, "employeeId", "siteId", "departmentId", "limit", "cursor");
        return gate.page(
                request,
                caller,
                new FindEmployees(
                        caller.companyId(),
                        filters.employeeId(),
                        filters.text("siteId"),
                        filters.text("departmentId"),
                        filters.page()));
    }
}

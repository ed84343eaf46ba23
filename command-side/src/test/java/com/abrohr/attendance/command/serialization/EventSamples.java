package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/** One event of every type, with every component filled. */
final class EventSamples {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00.123456Z");
    private static final Instant FIVE = Instant.parse("2026-11-23T17:00:00Z");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);

    static final List<DomainEvent> ALL =
            List.of(
                    new EmployeeRegistered(
                            "acme", "ana", "Ana Núñez", "sales", "madrid", "Europe/Madrid"),
                    new PunchedIn(
                            "acme",
                            "ana",
                            "ws-1-ana",
                            NINE,
                            NINE.plusSeconds(1),
                            "Europe/Madrid",
                            MONDAY,
                            "geo:40.4168,-3.7038;u=12"),
                    new PunchedOut(
                            "acme",
                            "ana",
                            "ws-1-ana",
                            FIVE,
                            FIVE,
                            "Europe/Madrid",
                            MONDAY,
                            NINE,
                            "geo:40.4168,-3.7038"),
                    new CorrectionRequested(
                            "acme", "ana", "ws-1-ana", NINE, FIVE, "forgot my badge", "boss"),
                    new CorrectionApproved("acme", "ana", "ws-1-ana", "boss"),
                    new PunchCorrected("acme", "ana", "ws-1-ana", NINE, FIVE, MONDAY),
                    new LeaveSubmitted(
                            "acme", "ana", "lv-1-ana", "vacation", MONDAY, FRIDAY, "rest"),
                    new LeaveApproved(
                            "acme", "ana", "lv-1-ana", "vacation", MONDAY, FRIDAY, "boss", "enjoy"),
                    new LeaveRejected(
                            "acme",
                            "ana",
                            "lv-1-ana",
                            "vacation",
                            MONDAY,
                            FRIDAY,
                            "boss",
                            "too many away"),
                    new LeaveWithdrawn("acme", "ana", "lv-1-ana", "vacation", MONDAY, FRIDAY));

    /** The events of the same names as revision 1 reads, which knew less. */
    static final List<DomainEvent> REVISION_1 =
            List.of(
                    new PunchedOut(
                            "acme",
                            "ana",
                            "ws-1-ana",
                            FIVE,
                            FIVE,
                            "Europe/Madrid",
                            MONDAY,
                            null,
                            "geo:40.4168,-3.7038"),
                    new LeaveApproved("acme", "ana", "lv-1-ana", null, null, null, "boss", "enjoy"),
                    new LeaveRejected(
                            "acme", "ana", "lv-1-ana", null, null, null, "boss", "too many away"),
                    new LeaveWithdrawn("acme", "ana", "lv-1-ana", null, null, null));

    private EventSamples() {}
}

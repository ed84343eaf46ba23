package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.TimeClockCommand;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveCommand;
import com.abrohr.attendance.messages.leave.LeaveRequestId;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;
import com.abrohr.attendance.messages.workforce.WorkforceCommand;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Set;

/** What a field may hold, whichever way the command came in. */
final class FieldRules {

    private static final int ID = 128;

    /** A work session or leave id: a prefix and a number before the employee's id. */
    private static final int NUMBERED_ID = ID + 24;

    private static final int WORD = 64;
    private static final int NAME = 200;
    private static final int TEXT = 2000;
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
    private static final int FIRST_YEAR = 1970;
    private static final int LAST_YEAR = 9999;

    /** Characters that an address, or what stands before a server, may read as something else. */
    private static final String RESERVED = "/\\;%?#";

    private static final Set<String> ZONES = ZoneId.getAvailableZoneIds();

    private FieldRules() {}

    /**
     * @throws Refusal INVALID with the field; UNKNOWN_LEAVE for an id that no leave can have
     */
    static void check(EmployeeCommand command) {
        needed("companyId", command.companyId(), ID);
        needed("employeeId", command.employeeId(), ID);
        needed("commandId", command.commandId(), ID);
        switch (command) {
            case TimeClockCommand it -> check(it);
            case LeaveCommand it -> check(it);
            case WorkforceCommand it -> check(it);
            default -> throw new IllegalArgumentException("unknown " + command.getClass());
        }
    }

    private static void check(TimeClockCommand command) {
        switch (command) {
            case PunchIn it -> punch(it);
            case PunchOut it -> punch(it);
            case CorrectWorkSession it -> {
                needed("sessionId", it.sessionId(), NUMBERED_ID);
                instant("punchInTime", it.punchInTime());
                instant("punchOutTime", it.punchOutTime());
                text("reason", it.reason(), TEXT);
                if (it.punchInTime() == null && it.punchOutTime() == null) {
                    throw Refusal.invalid("punchInTime", "punchInTime or punchOutTime is needed");
                }
            }
        }
    }

    private static void punch(Punch command) {
        if (command.offline() && command.occurredAt() == null) {
            throw Refusal.fault("occurredAt", "is needed for an offline punch");
        }
        instant("occurredAt", command.occurredAt());
        zone(command.zoneId());
    }

    private static void check(LeaveCommand command) {
        switch (command) {
            case SubmitLeave it -> {
                needed("leaveType", it.leaveType(), WORD);
                date("startDate", it.startDate());
                date("endDate", it.endDate());
                text("reason", it.reason(), TEXT);
            }
            case WithdrawLeave it -> leave(it.leaveId(), it.employeeId());
            case ApproveLeave it -> {
                leave(it.leaveId(), it.employeeId());
                text("comment", it.comment(), TEXT);
            }
            case RejectLeave it -> {
                leave(it.leaveId(), it.employeeId());
                text("comment", it.comment(), TEXT);
            }
        }
    }

    private static void check(WorkforceCommand command) {
        switch (command) {
            case RegisterEmployee it -> {
                newEmployeeId(it.employeeId());
                text("displayName", it.displayName(), NAME);
                text("departmentId", it.departmentId(), ID);
                text("siteId", it.siteId(), ID);
                zone(it.zoneId());
            }
        }
    }

    /** Only for those who are new: the log may hold other ids, and their owners stay served. */
    private static void newEmployeeId(String employeeId) {
        if (employeeId.codePoints().anyMatch(FieldRules::breaksAddresses)) {
            throw Refusal.fault(
                    "employeeId",
                    "takes every character but control characters, line separators"
                            + " and / \\ ; % ? #");
        }
    }

    private static boolean breaksAddresses(int character) {
        int type = Character.getType(character);
        return RESERVED.indexOf(character) >= 0
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }

    private static void leave(@Nullable String leaveId, String employeeId) {
        needed("id", leaveId, NUMBERED_ID);
        if (LeaveRequestId.parse(leaveId == null ? "" : leaveId)
                .filter(id -> id.employeeId().equals(employeeId))
                .isEmpty()) {
            throw new Refusal(RefusalCode.UNKNOWN_LEAVE, "No such leave request");
        }
    }

    private static void needed(String field, @Nullable String value, int atMost) {
        if (value == null || value.isBlank()) {
            throw Refusal.fault(field, "is needed");
        }
        if (value.length() > atMost) {
            throw Refusal.fault(field, "has more than " + atMost + " characters");
        }
        if (value.chars().anyMatch(Character::isISOControl) || !isWellFormed(value)) {
            throw Refusal.fault(field, "holds a character that cannot stand there");
        }
    }

    private static void text(String field, @Nullable String value, int atMost) {
        if (value == null) {
            return;
        }
        if (value.length() > atMost) {
            throw Refusal.fault(field, "has more than " + atMost + " characters");
        }
        if (value.indexOf('\0') >= 0 || !isWellFormed(value)) {
            throw Refusal.fault(field, "holds a character that cannot stand there");
        }
    }

    /** A lone surrogate is no text: it could not be written as UTF-8. */
    private static boolean isWellFormed(String value) {
        return value.codePoints().noneMatch(point -> point >= 0xD800 && point <= 0xDFFF);
    }

    private static void instant(String field, @Nullable Instant value) {
        if (value != null && value.isBefore(EARLIEST)) {
            throw Refusal.fault(field, "is before 1970");
        }
    }

    private static void date(String field, @Nullable LocalDate value) {
        if (value == null) {
            throw Refusal.fault(field, "is needed");
        }
        if (value.getYear() < FIRST_YEAR || value.getYear() > LAST_YEAR) {
            throw Refusal.fault(field, "is outside the calendar");
        }
    }

    private static void zone(@Nullable String zoneId) {
        if (zoneId != null && !ZONES.contains(zoneId)) {
            throw Refusal.fault("zone", "must name a time zone of the IANA database");
        }
    }
}

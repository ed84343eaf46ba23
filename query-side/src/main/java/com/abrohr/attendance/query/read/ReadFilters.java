package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.EnumNames;
import com.abrohr.attendance.messages.PageRequest;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parameters of one read, each read strictly: what is not understood is INVALID under its own
 * name, never ignored.
 */
public final class ReadFilters {
    private static final int MAX_TEXT = 256;
    private static final int MAX_CURSOR = 2048;

    /** PostgreSQL's timestamps and dates cover fewer years than Java's. */
    private static final int FIRST_YEAR = 1;

    private static final int LAST_YEAR = 9999;
    private static final String YEARS = " of the years 0001 to 9999, such as ";

    private final Caller caller;
    private final Map<String, String> parameters;

    ReadFilters(Caller caller, Map<String, String> parameters, Set<String> known) {
        this.caller = caller;
        this.parameters = parameters;
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw Refusal.invalid(name, "this list has no such filter");
            }
        }
    }

    /**
     * @throws Refusal INVALID when a parameter is not known or has several values
     */
    public static ReadFilters of(Caller caller, HttpServletRequest request, Set<String> known) {
        Map<String, String> parameters = new LinkedHashMap<>();
        request.getParameterMap()
                .forEach(
                        (name, values) -> {
                            if (values.length > 1) {
                                throw Refusal.invalid(name, "this filter takes one value");
                            }
                            parameters.put(name, values[0]);
                        });
        return new ReadFilters(caller, parameters, known);
    }

    /**
     * Whose rows: an employee's own; where the role reads the company, those asked for, or all. A
     * colleague's are not found, in the same words as an id that nobody has.
     */
    public @Nullable String employeeId() {
        String asked = text("employeeId");
        if (caller.role().readsCompany()) {
            return asked;
        }
        if (asked != null && !caller.is(asked)) {
            throw new Refusal(RefusalCode.NOT_FOUND, "employeeId", "no such employee");
        }
        return caller.employeeId();
    }

    public PageRequest page() {
        return new PageRequest(size(), bounded("cursor", MAX_CURSOR));
    }

    /** Of a list without a cursor. */
    public int limit() {
        return new PageRequest(size(), null).limit();
    }

    private int size() {
        String limit = parameters.get("limit");
        if (limit == null) {
            return PageRequest.DEFAULT_LIMIT;
        }
        try {
            return Integer.parseInt(limit);
        } catch (NumberFormatException e) {
            throw Refusal.invalid("limit", "limit must be a whole number");
        }
    }

    public @Nullable String text(String name) {
        return bounded(name, MAX_TEXT);
    }

    private @Nullable String bounded(String name, int max) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        if (text.isEmpty() || text.length() > max || text.indexOf('\0') >= 0) {
            throw Refusal.invalid(name, name + " must have 1 to " + max + " characters");
        }
        return text;
    }

    public @Nullable Instant instant(String name) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (isInRange(time.getYear())) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw Refusal.invalid(
                name,
                name
                        + " must be an instant"
                        + YEARS
                        + "2026-11-22T08:00:00Z"
                        + (text.indexOf(' ') < 0
                                ? ""
                                : "; write + as %2B, a query reads it as a space"));
    }

    public @Nullable LocalDate date(String name) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            LocalDate date = LocalDate.parse(text);
            if (isInRange(date.getYear())) {
                return date;
            }
        } catch (DateTimeException e) {
            // Refused below.
        }
        throw Refusal.invalid(name, name + " must be a date" + YEARS + "2026-11-22");
    }

    private static boolean isInRange(int year) {
        return year >= FIRST_YEAR && year <= LAST_YEAR;
    }

    public long number(String name, long absent) {
        String text = parameters.get(name);
        if (text == null) {
            return absent;
        }
        try {
            long number = Long.parseLong(text);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw Refusal.invalid(name, name + " must be a whole number, 0 or more");
    }

    /** In upper or lower case. */
    public <E extends Enum<E>> @Nullable E oneOf(Class<E> type, String name) {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        return EnumNames.find(type, text)
                .orElseThrow(
                        () ->
                                Refusal.invalid(
                                        name,
                                        name
                                                + " must be one of "
                                                + List.of(type.getEnumConstants())));
    }
}

package com.abrohr.attendance.query.eventlog;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The id of one stream of the log: {@code type/company/employee}, percent-encoded. */
public record StreamId(Kind kind, String companyId, String employeeId) {
    public enum Kind {
        TIME_CLOCK("time-clock"),
        LEAVE_ACCOUNT("leave-account"),
        EMPLOYEE("employee");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }
    }

    /** Empty for a stream that is of no employee; read models pass over its events. */
    public static Optional<StreamId> parse(String aggregateId) {
        String[] parts = aggregateId.split("/", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        for (Kind kind : Kind.values()) {
            if (kind.prefix.equals(parts[0])) {
                try {
                    return Optional.of(new StreamId(kind, decoded(parts[1]), decoded(parts[2])));
                } catch (IllegalArgumentException e) {
                    // No command writes an id that is not percent-encoded.
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    /** The ids of all streams that the log may keep of an employee. */
    public static List<String> idsOf(String companyId, String employeeId) {
        String suffix = "/" + encoded(companyId) + "/" + encoded(employeeId);
        return Arrays.stream(Kind.values()).map(kind -> kind.prefix + suffix).toList();
    }

    /** The sequence in which the employee's dead letters wait behind each other. */
    public String deadLetterSequence() {
        return companyId.length() + ":" + companyId + "/" + employeeId;
    }

    public EmployeeKey employee() {
        return new EmployeeKey(companyId, employeeId);
    }

    @Override
    public String toString() {
        return kind.prefix + " of " + employeeId + " in " + companyId;
    }

    private static String encoded(String part) {
        // RFC 3986, unlike a form: a space is no plus sign, a tilde stands for itself.
        return URLEncoder.encode(part, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String decoded(String part) {
        // A plus sign stands for itself here, unlike in a form.
        return part.indexOf('%') < 0
                ? part
                : URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}

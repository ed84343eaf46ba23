package com.abrohr.attendance.query.projection;

import java.sql.SQLException;
import java.util.Set;

/**
 * Distinguishes an event that can never be applied from a database that cannot apply it now. Only
 * the first becomes a dead letter: a missing table or a server that is down must not make dead
 * letters of a whole company.
 */
final class FailureClassifier {
    /** Data exception, integrity constraint violation, raised by a trigger or a function. */
    private static final Set<String> EVENT_AT_FAULT = Set.of("22", "23", "P0");

    private FailureClassifier() {}

    static boolean isEventAtFault(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SequenceGap || t instanceof Error) {
                return false;
            }
            if (t instanceof SQLException sql) {
                String state = sql.getSQLState();
                return state != null
                        && state.length() == 5
                        && EVENT_AT_FAULT.contains(state.substring(0, 2));
            }
        }
        return failure instanceof RuntimeException;
    }

    static RuntimeException unchecked(Throwable failure) {
        return failure instanceof RuntimeException runtime
                ? runtime
                : new ProjectionFailed(failure);
    }

    /** The read models cannot be written now. */
    static final class ProjectionFailed extends RuntimeException {
        ProjectionFailed(Throwable cause) {
            super(cause.toString(), cause);
        }
    }
}

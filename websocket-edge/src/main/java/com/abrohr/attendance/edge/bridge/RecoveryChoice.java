package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;

/**
 * Whether numbered events carry an offset as one more last argument. A first CONNECT does not show
 * whether the client's library understands it, so a client says when it does not.
 */
public enum RecoveryChoice {
    WITH,
    WITHOUT;

    private static final String PARAMETER = "recovery=";

    /**
     * For clients whose library sets the query of the handshake more easily than {@code auth}.
     *
     * @param query the raw query of the handshake
     * @throws Refusal INVALID
     */
    public static RecoveryChoice in(String query) {
        for (String pair : query.split("&")) {
            if (pair.startsWith(PARAMETER)) {
                return switch (pair.substring(PARAMETER.length())) {
                    case "0", "false" -> WITHOUT;
                    case "1", "true" -> WITH;
                    default ->
                            throw Refusal.invalid(
                                    "recovery", "recovery in the query must be 0 or 1");
                };
            }
        }
        return WITH;
    }
}

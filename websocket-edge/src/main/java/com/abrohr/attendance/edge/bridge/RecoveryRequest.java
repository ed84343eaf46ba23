package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.regex.Pattern;

/**
 * What a client says that it has received before, in the {@code auth} of its CONNECT.
 *
 * @param recovers whether the client is given a {@code pid} and offsets; {@code recovery: false} is
 *     for clients whose handlers take no additional argument
 * @param pid of Socket.IO's connection-state recovery, sent by the client library itself
 * @param offset the last offset that the client has received
 * @param position the last number that the application has applied
 */
record RecoveryRequest(
        boolean recovers,
        @Nullable String pid,
        @Nullable String offset,
        @Nullable FeedPosition position) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /**
     * @param query the raw query of the handshake, for clients whose library sets that more easily
     *     than {@code auth}: {@code recovery=0}
     * @throws Refusal INVALID naming the field
     */
    static RecoveryRequest of(JsonNode auth, String query) {
        boolean disabledByQuery = disables(query);
        return new RecoveryRequest(
                recovers(auth.path("recovery")) && !disabledByQuery,
                text(auth, "auth.", "pid"),
                text(auth, "auth.", "offset"),
                position(auth, "auth."));
    }

    /** Whether the client says that it was connected before. */
    boolean returns() {
        return pid != null || position != null;
    }

    /** The same of a client that is given no {@code pid} and no offsets. */
    RecoveryRequest withoutRecovery() {
        return new RecoveryRequest(false, pid, offset, position);
    }

    /**
     * {@code epoch} and {@code afterSeq} of an object; null when it has neither.
     *
     * @param path of the object, for the names of fields at fault
     * @throws Refusal INVALID naming the field
     */
    static @Nullable FeedPosition position(JsonNode object, String path) {
        String epoch = text(object, path, "epoch");
        JsonNode afterSeq = object.path("afterSeq");
        if ((epoch != null) != given(afterSeq)) {
            throw Refusal.invalid(
                    path + (epoch == null ? "epoch" : "afterSeq"),
                    path + "epoch and " + path + "afterSeq go together");
        }
        if (epoch == null) {
            return null;
        }
        return new FeedPosition(epoch, seq(afterSeq, path + "afterSeq"));
    }

    private static boolean disables(String query) {
        for (String pair : query.split("&", -1)) {
            if (pair.startsWith("recovery=")) {
                return switch (pair.substring(pair.indexOf('=') + 1)) {
                    case "0", "false" -> true;
                    case "1", "true" -> false;
                    default ->
                            throw Refusal.invalid(
                                    "recovery", "recovery in the query must be 0 or 1");
                };
            }
        }
        return false;
    }

    /** The client for Java and Android can send nothing but texts in its {@code auth}. */
    private static boolean recovers(JsonNode recovery) {
        String said = recovery.isString() || recovery.isBoolean() ? recovery.asString() : "";
        if (given(recovery) && !said.equals("true") && !said.equals("false")) {
            throw Refusal.invalid("auth.recovery", "auth.recovery must be true or false");
        }
        return !said.equals("false");
    }

    private static long seq(JsonNode value, String name) {
        if (value.isString() && DIGITS.matcher(value.stringValue()).matches()) {
            return Long.parseLong(value.stringValue());
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw Refusal.invalid(name, name + " must be a whole number, 0 or more");
        }
        return value.longValue();
    }

    private static @Nullable String text(JsonNode object, String path, String name) {
        JsonNode value = object.path(name);
        if (!given(value)) {
            return null;
        }
        if (!value.isString()) {
            throw Refusal.invalid(path + name, path + name + " must be a text");
        }
        return value.stringValue();
    }

    private static boolean given(JsonNode value) {
        return !value.isMissingNode() && !value.isNull();
    }
}

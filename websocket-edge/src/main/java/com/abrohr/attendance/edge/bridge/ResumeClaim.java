package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.util.regex.Pattern;

/**
 * What a client says that it has heard before, in the {@code auth} of its CONNECT.
 *
 * @param recovers whether the client is given a {@code pid} and offsets; {@code recovery: false}
 *     spares clients an argument that their handlers do not take
 * @param pid of Socket.IO's connection-state recovery, sent by the client library itself
 * @param offset the last offset that the client has heard
 * @param position the last number that the application has applied
 */
record ResumeClaim(
        boolean recovers,
        @Nullable String pid,
        @Nullable String offset,
        @Nullable FeedPosition position) {

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");

    /**
     * @throws Refusal INVALID naming the field
     */
    static ResumeClaim of(JsonNode auth) {
        return new ResumeClaim(
                recovers(auth.path("recovery")),
                text(auth, "auth.", "pid"),
                text(auth, "auth.", "offset"),
                position(auth, "auth."));
    }

    /** Whether the client has been here before, by its own word. */
    boolean returns() {
        return pid != null || position != null;
    }

    /** The same of a client that is given no {@code pid} and no offsets. */
    ResumeClaim withoutRecovery() {
        return new ResumeClaim(false, pid, offset, position);
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

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.Location;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the one object that an event carries; whatever is not as it should be is refused by the
 * name of its field.
 */
final class PayloadReader {

    private final JsonNode payload;
    private final String path;

    private PayloadReader(JsonNode payload, String path) {
        this.payload = payload;
        this.path = path;
    }

    /**
     * @throws Refusal INVALID when the first argument is no object
     */
    static PayloadReader of(List<JsonNode> arguments) {
        if (arguments.isEmpty() || !arguments.getFirst().isObject()) {
            throw Refusal.invalid("payload", "the event takes one object");
        }
        return new PayloadReader(arguments.getFirst(), "");
    }

    boolean has(String field) {
        JsonNode value = payload.get(field);
        return value != null && !value.isNull();
    }

    String text(String field) {
        return required(field, optionalText(field));
    }

    @Nullable String optionalText(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = payload.get(field);
        if (!value.isString()) {
            throw fault(field, "must be a text");
        }
        return value.stringValue();
    }

    boolean flag(String field, boolean otherwise) {
        if (!has(field)) {
            return otherwise;
        }
        JsonNode value = payload.get(field);
        if (!value.isBoolean()) {
            throw fault(field, "must be true or false");
        }
        return value.booleanValue();
    }

    boolean neededFlag(String field) {
        if (!has(field)) {
            throw fault(field, "is required");
        }
        return flag(field, false);
    }

    /** The elements of an array, each to be read by itself, so that a fault of one is its own. */
    List<Element> elements(String field, int atMost) {
        JsonNode array = payload.path(field);
        if (!array.isArray() || array.size() > atMost) {
            throw fault(field, "must be an array of at most " + atMost + " objects");
        }
        List<Element> elements = new ArrayList<>();
        for (JsonNode element : array) {
            elements.add(new Element(element, path + field + "[" + elements.size() + "]"));
        }
        return elements;
    }

    record Element(JsonNode value, String path) {

        /**
         * @throws Refusal INVALID when it is no object
         */
        PayloadReader object() {
            if (!value.isObject()) {
                throw Refusal.invalid(path, path + " must be an object");
            }
            return new PayloadReader(value, path + ".");
        }
    }

    Instant instant(String field) {
        return required(field, optionalInstant(field));
    }

    @Nullable Instant optionalInstant(String field) {
        String text = optionalText(field);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw fault(field, "must be an ISO 8601 instant such as 2026-01-31T08:00:00.000Z");
        }
    }

    LocalDate date(String field) {
        String text = text(field);
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw fault(field, "must be a date that exists, such as 2026-01-31");
        }
    }

    /**
     * Absent, null and {} are no location: {} is what a browser's own position object becomes in
     * JSON.
     */
    @Nullable Location optionalLocation(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = payload.get(field);
        if (!value.isObject()) {
            throw fault(field, "must be an object {lat, lng, accuracy?}");
        }
        if (value.isEmpty()) {
            return null;
        }
        Double accuracy = number(value, field, "accuracy");
        Double lat = required(field + ".lat", number(value, field, "lat"));
        Double lng = required(field + ".lng", number(value, field, "lng"));
        try {
            return new Location(lat, lng, accuracy);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(path + field, path + field + ": " + e.getMessage());
        }
    }

    private @Nullable Double number(JsonNode location, String field, String part) {
        JsonNode value = location.get(part);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isNumber()) {
            throw fault(field + "." + part, "must be a number");
        }
        return value.doubleValue();
    }

    private <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw fault(field, "is required");
        }
        return value;
    }

    /** A refusal of a field, under the name that the client knows it by. */
    Refusal fault(String field, String what) {
        return Refusal.invalid(path + field, path + field + " " + what);
    }

    /** The name that the client knows a field by. */
    String named(String field) {
        return path + field;
    }
}

package com.abrohr.attendance.edge.command;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.Location;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the one object that an event carries, strictly: a value of the wrong form, and a field that
 * the event does not have, are refused by the name of the field.
 */
public final class PayloadReader {
    /** All fields of a browser's GeolocationCoordinates, of which three are kept. */
    private static final Set<String> LOCATION =
            Set.of(
                    "lat",
                    "lng",
                    "accuracy",
                    "altitude",
                    "altitudeAccuracy",
                    "heading",
                    "speed",
                    "timestamp");

    private final JsonNode payload;
    private final String path;

    private PayloadReader(JsonNode payload, String path, Set<String> known) {
        this.payload = payload;
        this.path = path;
        for (String name : payload.propertyNames()) {
            if (!known.contains(name)) {
                throw fault(name, "is no field of this event");
            }
        }
    }

    /**
     * Reads the first argument of an event.
     *
     * @param known the fields that the event has
     * @throws Refusal INVALID when the first argument is no object, or has a field that is none of
     *     them
     */
    public static PayloadReader of(List<JsonNode> arguments, String... known) {
        if (arguments.isEmpty() || !arguments.getFirst().isObject()) {
            throw Refusal.invalid("payload", "the event takes one object");
        }
        return new PayloadReader(arguments.getFirst(), "", Set.of(known));
    }

    /** The same of an event that need not carry anything. */
    public static PayloadReader ofOptional(List<JsonNode> arguments, String... known) {
        return arguments.isEmpty() || arguments.getFirst().isNull()
                ? new PayloadReader(JsonNodeFactory.instance.objectNode(), "", Set.of())
                : of(arguments, known);
    }

    /** The object itself, which has only fields of the event. */
    public JsonNode object() {
        return payload;
    }

    boolean has(String field) {
        JsonNode value = payload.get(field);
        return value != null && !value.isNull();
    }

    public String text(String field) {
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

    /** The client's idempotency key, or a new one: then its own retries are not recognised. */
    String commandId() {
        String given = optionalText("commandId");
        return given == null ? UUID.randomUUID().toString() : given;
    }

    boolean flag(String field, boolean defaultValue) {
        if (!has(field)) {
            return defaultValue;
        }
        JsonNode value = payload.get(field);
        if (!value.isBoolean()) {
            throw fault(field, "must be true or false");
        }
        return value.booleanValue();
    }

    boolean requiredFlag(String field) {
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
         * @param known the fields that it may have
         * @throws Refusal INVALID when it is no object, or has another field
         */
        PayloadReader object(String... known) {
            if (!value.isObject()) {
                throw Refusal.invalid(path, path + " must be an object");
            }
            return new PayloadReader(value, path + ".", Set.of(known));
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
        PayloadReader location = new PayloadReader(value, path + field + ".", LOCATION);
        Double accuracy = location.number("accuracy");
        Double lat = location.required("lat", location.number("lat"));
        Double lng = location.required("lng", location.number("lng"));
        try {
            return new Location(lat, lng, accuracy);
        } catch (Location.OutOfRange e) {
            throw location.fault(e.component(), e.fault());
        }
    }

    private @Nullable Double number(String field) {
        if (!has(field)) {
            return null;
        }
        JsonNode value = payload.get(field);
        if (!value.isNumber()) {
            throw fault(field, "must be a number");
        }
        // Its own doubleValue() throws where a whole number is beyond every double.
        return value.numberValue().doubleValue();
    }

    private <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw fault(field, "is required");
        }
        return value;
    }

    /** A refusal of a field, under the name that the client knows it by. */
    Refusal fault(String field, String what) {
        return Refusal.fault(path + field, what);
    }

    /** The name that the client knows a field by. */
    String named(String field) {
        return path + field;
    }
}

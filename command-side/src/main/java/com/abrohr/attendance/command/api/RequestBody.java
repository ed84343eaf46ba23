package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.web.HttpMediaTypeNotSupportedException;

import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * A JSON object read strictly, so that every fault is a refusal that names its field: no unknown or
 * doubled members, no coercion, no dates that do not exist.
 */
final class RequestBody {

    private static final int MOST_BYTES = 64 * 1024;
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final ObjectNode members;
    private final String path;

    private RequestBody(ObjectNode members, String path) {
        this.members = members;
        this.path = path;
    }

    /**
     * @param known the members that may be there
     * @throws Refusal INVALID, TOO_LARGE
     * @throws HttpMediaTypeNotSupportedException when there is a body and it says that it is no
     *     JSON
     */
    static RequestBody read(HttpServletRequest request, String... known)
            throws HttpMediaTypeNotSupportedException {
        byte[] bytes;
        try {
            bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw Refusal.invalid("body", "The body could not be read");
        }
        if (bytes.length > MOST_BYTES) {
            throw new Refusal(RefusalCode.TOO_LARGE, "The body has more than 64 KiB");
        }
        if (bytes.length > 0) {
            mustBeJson(request.getContentType());
        }
        return parse(bytes, known);
    }

    private static void mustBeJson(@Nullable String contentType)
            throws HttpMediaTypeNotSupportedException {
        try {
            MediaType type = contentType == null ? null : MediaType.parseMediaType(contentType);
            if (type == null || !MediaType.APPLICATION_JSON.isCompatibleWith(type)) {
                throw new HttpMediaTypeNotSupportedException(
                        type, List.of(MediaType.APPLICATION_JSON));
            }
        } catch (InvalidMediaTypeException e) {
            throw new HttpMediaTypeNotSupportedException(
                    contentType, List.of(MediaType.APPLICATION_JSON));
        }
    }

    static RequestBody parse(byte[] bytes, String... known) {
        try {
            JsonNode node =
                    bytes.length == 0
                            ? JsonNodeFactory.instance.objectNode()
                            : STRICT.readTree(bytes);
            if (!(node instanceof ObjectNode members)) {
                throw Refusal.invalid("body", "The body must be a JSON object");
            }
            return new RequestBody(members, "").onlyWith(Set.of(known));
        } catch (JacksonException e) {
            throw Refusal.invalid("body", "The body is not well-formed JSON");
        }
    }

    private RequestBody onlyWith(Collection<String> known) {
        for (String name : members.propertyNames()) {
            if (!known.contains(name)) {
                throw Refusal.invalid(path + name, "No such field here");
            }
        }
        return this;
    }

    @Nullable String text(String name) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw Refusal.invalid(path + name, path + name + " must be a string");
        }
        return value.asString();
    }

    String neededText(String name) {
        String text = text(name);
        if (text == null || text.isBlank()) {
            throw Refusal.invalid(path + name, path + name + " is needed");
        }
        return text;
    }

    /** An instant with its offset, as in 2026-11-22T09:00:00Z or 2026-11-22T10:00:00+01:00. */
    @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    path + name, path + name + " must be an ISO-8601 instant with its offset");
        }
    }

    LocalDate neededDate(String name) {
        try {
            return LocalDate.parse(neededText(name));
        } catch (DateTimeException e) {
            throw Refusal.invalid(
                    path + name, path + name + " must be a date that exists, as in 2026-11-22");
        }
    }

    @Nullable Double number(String name) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw Refusal.invalid(path + name, path + name + " must be a number");
        }
        // Its own asDouble() throws where a whole number is beyond every double.
        return value.numberValue().doubleValue();
    }

    double neededNumber(String name) {
        Double number = number(name);
        if (number == null) {
            throw Refusal.invalid(path + name, path + name + " is needed");
        }
        return number;
    }

    boolean neededFlag(String name) {
        Boolean flag = flag(name);
        if (flag == null) {
            throw fault(name, "is needed");
        }
        return flag;
    }

    @Nullable Boolean flag(String name) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!value.isBoolean()) {
            throw fault(name, "must be true or false");
        }
        return value.booleanValue();
    }

    /** The elements of an array, each to be read by itself, so that a fault of one is its own. */
    List<Element> neededElements(String name, int atMost) {
        JsonNode value = member(name);
        if (value == null) {
            throw fault(name, "is needed");
        }
        if (!value.isArray() || value.size() > atMost) {
            throw fault(name, "must be an array of at most " + atMost + " objects");
        }
        List<Element> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(new Element(element, path + name + "[" + elements.size() + "]"));
        }
        return elements;
    }

    record Element(JsonNode value, String path) {

        RequestBody object(String... known) {
            if (!(value instanceof ObjectNode object)) {
                throw Refusal.invalid(path, path + " must be an object");
            }
            return new RequestBody(object, path + ".").onlyWith(Set.of(known));
        }

        /** What stands there as text, whatever else is wrong with the element. */
        @Nullable String textIfAny(String name) {
            JsonNode text = value.path(name);
            return text.isString() ? text.asString() : null;
        }
    }

    /** A refusal of a member, under the name that the client knows it by. */
    Refusal fault(String name, String what) {
        return Refusal.fault(path + name, what);
    }

    /** The same refusal with its field, if it has one, under the name that the client knows. */
    Refusal inside(Refusal refusal) {
        return refusal.field() == null || path.isEmpty()
                ? refusal
                : refusal.named(path + refusal.field());
    }

    @Nullable RequestBody object(String name, String... known) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw Refusal.invalid(path + name, path + name + " must be an object");
        }
        return new RequestBody(object, path + name + ".").onlyWith(Set.of(known));
    }

    private @Nullable JsonNode member(String name) {
        JsonNode value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }
}

package com.abrohr.attendance.command.api;

import com.abrohr.attendance.messages.Refusal;

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
public final class RequestBody {
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
     * @throws Refusal INVALID
     * @throws HttpMediaTypeNotSupportedException when there is a body and it says that it is no
     *     JSON
     */
    public static RequestBody read(HttpServletRequest request, String... known)
            throws HttpMediaTypeNotSupportedException {
        byte[] bytes;
        try {
            bytes = request.getInputStream().readAllBytes();
        } catch (IOException e) {
            throw Refusal.invalid("body", "The body could not be read");
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

    public static RequestBody parse(byte[] bytes, String... known) {
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

    public @Nullable String text(String name) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!value.isString()) {
            throw fault(name, "must be a string");
        }
        return value.asString();
    }

    public String requiredText(String name) {
        String text = text(name);
        return required(name, text == null || text.isBlank() ? null : text);
    }

    /** An instant with its offset, as in 2026-11-22T09:00:00Z or 2026-11-22T10:00:00+01:00. */
    public @Nullable Instant instant(String name) {
        String text = text(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw fault(name, "must be an ISO-8601 instant with its offset");
        }
    }

    public LocalDate requiredDate(String name) {
        try {
            return LocalDate.parse(requiredText(name));
        } catch (DateTimeException e) {
            throw fault(name, "must be a date that exists, as in 2026-11-22");
        }
    }

    public @Nullable Double number(String name) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!value.isNumber()) {
            throw fault(name, "must be a number");
        }
        // Its own asDouble() throws where a whole number is beyond every double.
        return value.numberValue().doubleValue();
    }

    public double requiredNumber(String name) {
        return required(name, number(name));
    }

    public boolean requiredFlag(String name) {
        return required(name, flag(name));
    }

    public @Nullable Boolean flag(String name) {
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
    public List<Element> requiredElements(String name, int atMost) {
        JsonNode value = required(name, member(name));
        if (!value.isArray() || value.size() > atMost) {
            throw fault(name, "must be an array of at most " + atMost + " objects");
        }
        List<Element> elements = new ArrayList<>();
        for (JsonNode element : value) {
            elements.add(new Element(element, path + name + "[" + elements.size() + "]"));
        }
        return elements;
    }

    public record Element(JsonNode value, String path) {
        public RequestBody object(String... known) {
            if (!(value instanceof ObjectNode object)) {
                throw Refusal.invalid(path, path + " must be an object");
            }
            return new RequestBody(object, path + ".").onlyWith(Set.of(known));
        }

        /** What stands there as text, whatever else is wrong with the element. */
        public @Nullable String textIfAny(String name) {
            JsonNode text = value.path(name);
            return text.isString() ? text.asString() : null;
        }
    }

    /** A refusal of a member, under the name that the client knows it by. */
    public Refusal fault(String name, String what) {
        return Refusal.fault(path + name, what);
    }

    /** The same refusal with its field, if it has one, under the name that the client knows. */
    public Refusal inside(Refusal refusal) {
        return refusal.field() == null || path.isEmpty()
                ? refusal
                : refusal.named(path + refusal.field());
    }

    public @Nullable RequestBody object(String name, String... known) {
        JsonNode value = member(name);
        if (value == null) {
            return null;
        }
        if (!(value instanceof ObjectNode object)) {
            throw fault(name, "must be an object");
        }
        return new RequestBody(object, path + name + ".").onlyWith(Set.of(known));
    }

    private <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw fault(name, "is required");
        }
        return value;
    }

    private @Nullable JsonNode member(String name) {
        JsonNode value = members.get(name);
        return value == null || value.isNull() ? null : value;
    }
}

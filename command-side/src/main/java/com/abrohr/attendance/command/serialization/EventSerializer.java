package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.command.serialization.EventTypes.EventType;
import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.DomainEvent;
import com.fasterxml.jackson.annotation.JsonInclude;

import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.ChainingConverter;
import org.axonframework.serialization.Converter;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.type.LogicalType;

import java.util.Map;
import java.util.TreeMap;

/**
 * Writes and reads what stands in the log: events and their metadata, nothing else. Canonical JSON:
 * UTF-8, no white space, members sorted, absent ones left out, instants and dates in ISO-8601.
 */
final class EventSerializer implements Serializer {

    private static final SerializedType METADATA =
            new SimpleSerializedType(MetaData.class.getName(), null);
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final JsonMapper json =
            JsonMapper.builder()
                    .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                    .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .withCoercionConfig(
                            LogicalType.Textual,
                            textual ->
                                    textual.setCoercion(
                                                    CoercionInputShape.Integer, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Float, CoercionAction.Fail)
                                            .setCoercion(
                                                    CoercionInputShape.Boolean,
                                                    CoercionAction.Fail))
                    .changeDefaultPropertyInclusion(
                            inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                    .build();
    private final Converter converter = new ChainingConverter();
    private final EventTypes types = new EventTypes();
    private final Envelopes envelopes;

    EventSerializer(Envelopes envelopes) {
        this.envelopes = envelopes;
    }

    @Override
    public <T> SerializedObject<T> serialize(
            @Nullable Object object, Class<T> expectedRepresentation) {
        if (object == null) {
            throw new SerializationException("the log holds events and metadata, not null");
        }
        try {
            byte[] bytes =
                    switch (object) {
                        case DomainEvent event -> json.writeValueAsBytes(sealed(event));
                        case MetaData metadata -> json.writeValueAsBytes(new TreeMap<>(metadata));
                        default -> throw unsuitable(object.getClass());
                    };
            return new SimpleSerializedObject<>(
                    converter.convert(bytes, expectedRepresentation),
                    expectedRepresentation,
                    typeForClass(object.getClass()));
        } catch (JacksonException e) {
            throw new SerializationException("cannot write " + object.getClass().getName(), e);
        }
    }

    private ObjectNode sealed(DomainEvent event) {
        EventType type = types.of(event.getClass());
        if (type == null) {
            throw unsuitable(event.getClass());
        }
        ObjectNode tree = json.valueToTree(event);
        type.personal()
                .forEach(
                        (component, category) -> {
                            JsonNode text = tree.get(component);
                            if (text == null) {
                                return;
                            }
                            ObjectNode envelope =
                                    envelopes.seal(
                                            new Subject(
                                                    event.companyId(),
                                                    event.employeeId(),
                                                    category),
                                            text.asString());
                            if (envelope == null) {
                                tree.remove(component);
                            } else {
                                tree.set(component, envelope);
                            }
                        });
        return tree;
    }

    /**
     * @throws SerializationException for a type or revision that this version does not know, and
     *     for bytes that are not what this class writes
     */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    @Override
    public <S, T> T deserialize(SerializedObject<S> serializedObject) {
        SerializedType name = serializedObject.getType();
        byte[] bytes = converter.convert(serializedObject, byte[].class).getData();
        try {
            if (isMetadata(name)) {
                return (T) MetaData.from(json.readValue(bytes, STRINGS));
            }
            EventType type = types.of(name);
            if (type == null) {
                throw new SerializationException(
                        "this version knows no event "
                                + name.getName()
                                + " of revision "
                                + name.getRevision());
            }
            return (T) json.treeToValue(opened(type, json.readTree(bytes)), type.type());
        } catch (JacksonException e) {
            throw new SerializationException(
                    "cannot read " + name.getName() + " of revision " + name.getRevision(), e);
        }
    }

    private JsonNode opened(EventType type, JsonNode node) {
        if (!(node instanceof ObjectNode tree)) {
            throw new SerializationException(type.name().getName() + " is no JSON object");
        }
        for (String component : type.needed()) {
            if (!tree.hasNonNull(component)) {
                throw new SerializationException(
                        type.name().getName() + " stands in the log without " + component);
            }
        }
        type.personal()
                .forEach(
                        (component, category) -> {
                            if (!tree.hasNonNull(component)) {
                                return;
                            }
                            Subject subject =
                                    new Subject(
                                            tree.get("companyId").asString(),
                                            tree.get("employeeId").asString(),
                                            category);
                            String text = envelopes.open(subject, tree.get(component));
                            if (text == null) {
                                tree.remove(component);
                            } else {
                                tree.put(component, text);
                            }
                        });
        return tree;
    }

    @Override
    public <T> boolean canSerializeTo(Class<T> expectedRepresentation) {
        return converter.canConvert(byte[].class, expectedRepresentation);
    }

    /** Axon's mark for types that it should not hand to handlers, where the name is not known. */
    @Override
    public Class<?> classForType(SerializedType type) {
        if (isMetadata(type)) {
            return MetaData.class;
        }
        EventType known = types.of(type);
        return known == null ? UnknownSerializedType.class : known.type();
    }

    @Override
    public SerializedType typeForClass(@Nullable Class type) {
        if (type != null && MetaData.class.isAssignableFrom(type)) {
            return METADATA;
        }
        EventType known = type == null ? null : types.of(type);
        if (known == null) {
            throw unsuitable(type);
        }
        return known.name();
    }

    @Override
    public Converter getConverter() {
        return converter;
    }

    private static boolean isMetadata(SerializedType type) {
        return METADATA.getName().equals(type.getName());
    }

    private static SerializationException unsuitable(@Nullable Class<?> type) {
        return new SerializationException(
                "the log holds events and metadata, not " + (type == null ? null : type.getName()));
    }
}

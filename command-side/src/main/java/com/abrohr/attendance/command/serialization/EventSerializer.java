package com.abrohr.attendance.command.serialization;

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
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Writes and reads what stands in the log: events and their metadata, nothing else. Canonical JSON:
 * UTF-8, no white space, members sorted, absent ones left out, instants and dates in ISO-8601.
 */
final class EventSerializer implements Serializer {
    private static final SerializedType METADATA =
            new SimpleSerializedType(MetaData.class.getName(), null);
    private static final TypeReference<Map<String, String>> STRINGS = new TypeReference<>() {};

    private final Converter converter = new ChainingConverter();
    private final EventTypes types;
    private final JsonMapper json;
    private final ObjectReader metadataReader;
    private final Map<Class<?>, ObjectReader> eventReaders;

    EventSerializer(EventTypes types, Envelopes envelopes) {
        this.types = types;
        json = json(types, envelopes);
        metadataReader = json.readerFor(STRINGS);
        eventReaders =
                types.all().stream()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        EventType::type, event -> json.readerFor(event.type())));
    }

    private static JsonMapper json(EventTypes types, Envelopes envelopes) {
        return JsonMapper.builder()
                .addModule(new EventModule(types, envelopes))
                .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .disable(MapperFeature.SORT_CREATOR_PROPERTIES_FIRST)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .withCoercionConfig(
                        LogicalType.Textual,
                        textual ->
                                textual.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                                        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                                        .setCoercion(
                                                CoercionInputShape.Boolean, CoercionAction.Fail))
                .changeDefaultPropertyInclusion(
                        inclusion -> inclusion.withValueInclusion(JsonInclude.Include.NON_NULL))
                .build();
    }

    @Override
    public <T> SerializedObject<T> serialize(
            @Nullable Object object, Class<T> expectedRepresentation) {
        if (object == null) {
            throw new SerializationException("the log holds events and metadata, not null");
        }
        try {
            SerializedType type = typeForClass(object.getClass());
            byte[] bytes =
                    json.writeValueAsBytes(
                            object instanceof MetaData metadata ? new TreeMap<>(metadata) : object);
            return new SimpleSerializedObject<>(
                    converter.convert(bytes, expectedRepresentation), expectedRepresentation, type);
        } catch (JacksonException e) {
            throw cause(e, "cannot write " + object.getClass().getName());
        }
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
                return (T) MetaData.from(metadataReader.readValue(bytes));
            }
            EventType type = types.of(name);
            if (type == null) {
                throw new SerializationException(
                        "this version knows no event "
                                + name.getName()
                                + " of revision "
                                + name.getRevision());
            }
            T event = Objects.requireNonNull(eventReaders.get(type.type())).readValue(bytes);
            if (event == null) {
                throw new SerializationException(name.getName() + " is no JSON object");
            }
            return event;
        } catch (JacksonException e) {
            throw cause(e, "cannot read " + name.getName() + " of revision " + name.getRevision());
        }
    }

    /** What an envelope could not be made or opened for, Jackson has wrapped. */
    private static SerializationException cause(JacksonException failure, String otherwise) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SerializationException own) {
                return own;
            }
        }
        return new SerializationException(otherwise, failure);
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

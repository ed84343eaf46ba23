package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.BeanDeserializerBuilder;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.PropertyValueBuffer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.BeanPropertyWriter;
import tools.jackson.databind.ser.ValueSerializerModifier;

import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;

/**
 * Lets Jackson write records to bytes and read them back without a tree: personal components are
 * envelopes, and a component that is never null must be there.
 */
final class EventModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    EventModule(EventTypes types, Envelopes envelopes) {
        super("events");
        setSerializerModifier(new Sealing(types, envelopes));
        setDeserializerModifier(new Opening(types, envelopes));
        addDeserializer(Instant.class, new CanonicalTimes.Instants());
        addDeserializer(LocalDate.class, new CanonicalTimes.Dates());
    }

    private static final class Sealing extends ValueSerializerModifier {
        private static final long serialVersionUID = 1L;

        private final transient EventTypes types;
        private final transient Envelopes envelopes;

        Sealing(EventTypes types, Envelopes envelopes) {
            this.types = types;
            this.envelopes = envelopes;
        }

        @Override
        public List<BeanPropertyWriter> changeProperties(
                SerializationConfig config,
                BeanDescription.Supplier description,
                List<BeanPropertyWriter> properties) {
            EventType type = types.of(description.getBeanClass());
            if (type != null) {
                properties.replaceAll(
                        property -> {
                            Category category = type.personal().get(property.getName());
                            return category == null
                                    ? property
                                    : new SealedProperty(property, category, envelopes);
                        });
            }
            return properties;
        }
    }

    /** Left out where there is nothing to say, or nothing may be said any more. */
    private static final class SealedProperty extends BeanPropertyWriter {
        private static final long serialVersionUID = 1L;

        private final Category category;
        private final transient Envelopes envelopes;

        SealedProperty(BeanPropertyWriter property, Category category, Envelopes envelopes) {
            super(property);
            this.category = category;
            this.envelopes = envelopes;
        }

        @Override
        public void serializeAsProperty(
                Object bean, JsonGenerator json, SerializationContext context) throws Exception {
            var event = (DomainEvent) bean;
            var text = (String) get(bean);
            if (text == null) {
                return;
            }
            Envelope envelope =
                    envelopes.seal(
                            new Subject(event.companyId(), event.employeeId(), category), text);
            if (envelope != null) {
                json.writeName(_name);
                envelope.write(json);
            }
        }
    }

    private static final class Opening extends ValueDeserializerModifier {
        private static final long serialVersionUID = 1L;

        private final transient EventTypes types;
        private final transient Envelopes envelopes;

        Opening(EventTypes types, Envelopes envelopes) {
            this.types = types;
            this.envelopes = envelopes;
        }

        @Override
        public BeanDeserializerBuilder updateBuilder(
                DeserializationConfig config,
                BeanDescription.Supplier description,
                BeanDeserializerBuilder builder) {
            EventType type = types.of(description.getBeanClass());
            if (type != null) {
                builder.setValueInstantiator(
                        new OpenedEvent(builder.getValueInstantiator(), type, envelopes));
            }
            return builder;
        }
    }

    /**
     * Makes the record once all its members are read, because an envelope may stand before the
     * members that say whose it is.
     */
    private static final class OpenedEvent extends ValueInstantiator.Delegating {
        private static final long serialVersionUID = 1L;

        private record Personal(int place, Category category) {}

        private final transient EventType type;
        private final transient Envelopes envelopes;
        private final transient List<Personal> personal;
        private final int[] needed;
        private final int company;
        private final int employee;

        OpenedEvent(ValueInstantiator constructor, EventType type, Envelopes envelopes) {
            super(constructor);
            this.type = type;
            this.envelopes = envelopes;
            List<String> places =
                    Arrays.stream(type.type().getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList();
            personal =
                    type.personal().entrySet().stream()
                            .map(it -> new Personal(places.indexOf(it.getKey()), it.getValue()))
                            .toList();
            needed = type.needed().stream().mapToInt(places::indexOf).toArray();
            company = places.indexOf("companyId");
            employee = places.indexOf("employeeId");
        }

        @Override
        public SettableBeanProperty[] getFromObjectArguments(DeserializationConfig config) {
            SettableBeanProperty[] components = super.getFromObjectArguments(config).clone();
            for (int i = 0; i < components.length; i++) {
                if (type.personal().containsKey(components[i].getName())) {
                    components[i] = components[i].withValueDeserializer(new EnvelopeReader());
                }
            }
            return components;
        }

        @Override
        public Object createFromObjectWith(
                DeserializationContext context,
                SettableBeanProperty[] components,
                PropertyValueBuffer members) {
            return createFromObjectWith(context, members.getParameters(context, components));
        }

        @Override
        public Object createFromObjectWith(
                DeserializationContext context, @Nullable Object[] components) {
            for (int i = 0; i < needed.length; i++) {
                if (components[needed[i]] == null) {
                    throw new SerializationException(
                            type.name().getName()
                                    + " stands in the log without "
                                    + type.needed().get(i));
                }
            }
            for (Personal it : personal) {
                if (components[it.place()] instanceof Envelope envelope) {
                    var subject =
                            new Subject(
                                    (String) components[company],
                                    (String) components[employee],
                                    it.category());
                    components[it.place()] = envelopes.open(subject, envelope);
                }
            }
            return super.createFromObjectWith(context, components);
        }
    }

    private static final class EnvelopeReader extends ValueDeserializer<Envelope> {
        @Override
        public Envelope deserialize(JsonParser json, DeserializationContext context) {
            return Envelope.read(json);
        }
    }
}

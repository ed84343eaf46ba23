package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.command.engine.CommandSettings;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.axonframework.serialization.upcasting.event.EventUpcaster;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

import java.security.SecureRandom;

import javax.sql.DataSource;

/** The serializers: one for the log, and one for what Axon keeps beside it (tokens). */
@Configuration(proxyBeanMethods = false)
public class SerializationConfiguration {
    @Bean
    StoredSubjectKeys subjectKeys(DataSource dataSource, CommandSettings settings) {
        return new StoredSubjectKeys(dataSource, settings.subjectKeyCache().toBytes());
    }

    @Bean
    @Qualifier("eventSerializer")
    Serializer eventSerializer(EventTypes types, SubjectKeys subjectKeys) {
        return eventSerializer(types, subjectKeys, new SecureRandom());
    }

    /**
     * Reads events for whoever reads as one company: the same keys in memory, and the others by a
     * query that row-level security limits.
     *
     * @param readers gives the connection of the transaction whose company is set
     */
    @Bean
    @Qualifier("readerEventSerializer")
    Serializer readerEventSerializer(
            EventTypes types,
            StoredSubjectKeys subjectKeys,
            @Qualifier("readerKeysDataSource") DataSource readers) {
        return eventSerializer(types, subjectKeys.readThrough(readers), new SecureRandom());
    }

    @Bean
    EventUpcaster earlierRevisions(EventTypes types) {
        return new EarlierRevisions(types);
    }

    @Bean
    @Primary
    Serializer defaultSerializer() {
        return tokenSerializer();
    }

    @Bean
    @Qualifier("messageSerializer")
    Serializer messageSerializer() {
        return tokenSerializer();
    }

    /** The serializer of the log, with nonces from the random source. */
    public static Serializer eventSerializer(
            EventTypes types, SubjectKeys subjectKeys, SecureRandom random) {
        return new EventSerializer(
                types,
                new Envelopes(
                        subjectKeys,
                        () -> {
                            byte[] nonce = new byte[Envelopes.NONCE_BYTES];
                            random.nextBytes(nonce);
                            return nonce;
                        }));
    }

    /**
     * A replay token names the classes of the tokens it holds, so that reading one resolves class
     * names; the validator keeps what can be named there to Axon's own classes.
     */
    public static Serializer tokenSerializer() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        builder ->
                                builder.polymorphicTypeValidator(
                                        BasicPolymorphicTypeValidator.builder()
                                                .allowIfSubType("org.axonframework.")
                                                .build()))
                .build();
    }
}

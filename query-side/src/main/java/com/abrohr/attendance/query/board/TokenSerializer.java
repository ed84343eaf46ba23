package com.abrohr.attendance.query.board;

import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.jackson3.Jackson3Serializer;

import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * JSON for tokens. A replay token names the classes of the tokens in it, by Axon's own annotations;
 * the validator lets it name Axon's classes and no others. No default typing: with it, the gaps of
 * a token would name the JDK's private collections, and no token could be read back.
 */
final class TokenSerializer {

    private TokenSerializer() {}

    static Serializer create() {
        return Jackson3Serializer.builder()
                .jsonMapperBuilderCustomizer(
                        json ->
                                json.polymorphicTypeValidator(
                                        BasicPolymorphicTypeValidator.builder()
                                                .allowIfSubType("org.axonframework.")
                                                .build()))
                .build();
    }
}

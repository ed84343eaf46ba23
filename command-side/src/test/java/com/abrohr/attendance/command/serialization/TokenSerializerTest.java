package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

class TokenSerializerTest {

    private final Serializer serializer = SerializationConfiguration.tokenSerializer();

    @Test
    void tokens_come_back_as_they_were_stored_replays_and_gaps_included() {
        TrackingToken plain = GapAwareTrackingToken.newInstance(7, List.of(3L, 5L));
        for (TrackingToken token :
                List.of(
                        plain,
                        ReplayToken.createReplayToken(plain),
                        ReplayToken.createReplayToken(
                                plain, GapAwareTrackingToken.newInstance(2, List.of())))) {
            SerializedObject<byte[]> stored = serializer.serialize(token, byte[].class);
            TrackingToken back = serializer.deserialize(stored);
            assertThat(back).isEqualTo(token);
        }
    }

    @Test
    void a_token_can_name_no_class_but_axons() {
        String evil =
                "{\"tokenAtReset\":{\"@class\":\"javax.swing.JEditorPane\",\"page\":\"http://x\"},"
                        + "\"currentToken\":null,\"context\":null}";
        assertThatThrownBy(
                        () ->
                                serializer.deserialize(
                                        new SimpleSerializedObject<>(
                                                evil.getBytes(StandardCharsets.UTF_8),
                                                byte[].class,
                                                ReplayToken.class.getName(),
                                                null)))
                .isInstanceOf(SerializationException.class);
    }
}

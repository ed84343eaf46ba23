package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.PersonalData.Category;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;

import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.messaging.MetaData;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedMetaData;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.SimpleSerializedType;
import org.axonframework.serialization.UnknownSerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.exc.InvalidTypeIdException;

import java.security.SecureRandom;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;

class EventSerializerTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final Subject TEXTS_OF_ANA = new Subject("acme", "ana", Category.FREE_TEXT);

    private final FixedSubjectKeys keys = new FixedSubjectKeys();
    private final Serializer serializer =
            SerializationConfiguration.eventSerializer(keys, new SecureRandom());

    @Test
    void absentComponentsAreLeftOut() {
        assertThat(
                        serializer
                                .serialize(
                                        new LeaveSubmitted(
                                                "acme",
                                                "ana",
                                                "lv-1-ana",
                                                "sick",
                                                MONDAY,
                                                MONDAY,
                                                null),
                                        String.class)
                                .getData())
                .isEqualTo(
                        "{\"companyId\":\"acme\",\"employeeId\":\"ana\",\"endDate\":\"2026-11-23\","
                                + "\"leaveId\":\"lv-1-ana\",\"leaveType\":\"sick\","
                                + "\"startDate\":\"2026-11-23\"}");
    }

    @Test
    void personalDataReadsAsNullOnceItsKeyIsDestroyed() {
        SerializedObject<byte[]> stored = serializer.serialize(withReason("secret"), byte[].class);
        assertThat((LeaveSubmitted) serializer.deserialize(stored)).isEqualTo(withReason("secret"));
        keys.destroy(TEXTS_OF_ANA);
        assertThat((LeaveSubmitted) serializer.deserialize(stored)).isEqualTo(withReason(null));
    }

    @Test
    void nothingIsWrittenAboutAnErasedSubjectAnyMore() {
        keys.destroy(TEXTS_OF_ANA);
        assertThat(serializer.serialize(withReason("secret"), String.class).getData())
                .doesNotContain("reason");
    }

    @Test
    void theSameTextNeverLooksTheSame() {
        assertThat(serializer.serialize(withReason("secret"), String.class).getData())
                .isNotEqualTo(serializer.serialize(withReason("secret"), String.class).getData());
    }

    @Test
    void anotherEmployeesKeyOpensNothing() {
        String stored = serializer.serialize(withReason("secret"), String.class).getData();
        assertThatThrownBy(() -> read("LeaveSubmitted", "1", stored.replace("\"ana\"", "\"bob\"")))
                .isInstanceOf(SerializationException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    LeaveMoved     | 1 | {}
                    LeaveWithdrawn | 3 | {"companyId":"acme","employeeId":"ana","leaveId":"lv-1-ana"}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana"}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":null}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":7}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":"x","more":1}
                    LeaveWithdrawn | 2 | {"companyId":"acme"
                    LeaveWithdrawn | 2 | []
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":"clear"}
                    """)
    void whatThisVersionDoesNotWriteItDoesNotRead(String type, String revision, String json) {
        assertThatThrownBy(() -> read(type, revision, json))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void anUnknownTypeCarriesAxonsMarkSoThatNoHandlerGetsIt() {
        assertThat(serializer.classForType(new SimpleSerializedType("LeaveMoved", "1")))
                .isEqualTo(UnknownSerializedType.class);
        assertThat(serializer.classForType(new SimpleSerializedType("LeaveWithdrawn", "3")))
                .isEqualTo(UnknownSerializedType.class);
        assertThat(serializer.classForType(new SimpleSerializedType("LeaveWithdrawn", "2")))
                .isEqualTo(LeaveWithdrawn.class);
    }

    @Test
    void onlyEventsAndMetadataAreWritten() {
        assertThatThrownBy(() -> serializer.serialize("text", byte[].class))
                .isInstanceOf(SerializationException.class);
        assertThatThrownBy(() -> serializer.serialize(null, byte[].class))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void metadataIsSortedAndReadBack() {
        MetaData metadata = MetaData.from(Map.of("b", "2", "a", "1", "c", "3"));
        SerializedObject<byte[]> stored = serializer.serialize(metadata, byte[].class);
        assertThat(new String(stored.getData())).isEqualTo("{\"a\":\"1\",\"b\":\"2\",\"c\":\"3\"}");
        assertThat(
                        (MetaData)
                                serializer.deserialize(
                                        new SerializedMetaData<>(stored.getData(), byte[].class)))
                .isEqualTo(metadata);
    }

    @Test
    void tokensOfAReplayAreReadBack() {
        Serializer tokens = SerializationConfiguration.tokenSerializer();
        Object replay =
                ReplayToken.createReplayToken(
                        GapAwareTrackingToken.newInstance(9, Set.of(7L)),
                        GapAwareTrackingToken.newInstance(3, Set.of()));
        assertThat((Object) tokens.deserialize(tokens.serialize(replay, byte[].class)))
                .isEqualTo(replay);
    }

    @Test
    void aTokenNamesNoClassesButAxons() {
        Serializer tokens = SerializationConfiguration.tokenSerializer();
        String evil =
                "{\"tokenAtReset\":null,\"currentToken\":null,"
                        + "\"context\":{\"@class\":\"java.util.HashMap\"}}";
        assertThatThrownBy(
                        () ->
                                tokens.deserialize(
                                        new SimpleSerializedObject<>(
                                                evil,
                                                String.class,
                                                ReplayToken.class.getName(),
                                                null)))
                .isInstanceOf(SerializationException.class)
                .hasRootCauseInstanceOf(InvalidTypeIdException.class);
    }

    private Object read(String type, String revision, String json) {
        return serializer.deserialize(
                new SimpleSerializedObject<>(json, String.class, type, revision));
    }

    private static LeaveSubmitted withReason(String reason) {
        return new LeaveSubmitted("acme", "ana", "lv-1-ana", "sick", MONDAY, MONDAY, reason);
    }
}

package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.command.CommandSideConfiguration;
import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.PersonalData;
import com.abrohr.attendance.messages.PersonalData.Category;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
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
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.exc.InvalidTypeIdException;

import java.lang.reflect.RecordComponent;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.crypto.SecretKey;

class EventSerializerTest {

    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final Subject TEXTS_OF_ANA = new Subject("acme", "ana", Category.FREE_TEXT);

    private final FixedSubjectKeys keys = new FixedSubjectKeys();
    private final Serializer serializer =
            SerializationConfiguration.eventSerializer(
                    CommandSideConfiguration.eventTypes(), keys, new SecureRandom());

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

    static List<DomainEvent> events() {
        return EventSamples.ALL;
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventIsReadBack(DomainEvent event) {
        assertThat((DomainEvent) serializer.deserialize(serializer.serialize(event, byte[].class)))
                .isEqualTo(event);
    }

    @ParameterizedTest
    @MethodSource("events")
    void anEventOfAnErasedSubjectIsReadWithoutItsPersonalData(DomainEvent event) throws Exception {
        SerializedObject<byte[]> stored = serializer.serialize(event, byte[].class);
        for (Category category : Category.values()) {
            keys.destroy(new Subject("acme", "ana", category));
        }
        DomainEvent read = serializer.deserialize(stored);
        for (RecordComponent component : event.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(read))
                    .as(component.getName())
                    .isEqualTo(
                            component.isAnnotationPresent(PersonalData.class)
                                    ? null
                                    : component.getAccessor().invoke(event));
        }
        assertThat((DomainEvent) serializer.deserialize(serializer.serialize(event, byte[].class)))
                .isEqualTo(read);
    }

    @ParameterizedTest
    @MethodSource("events")
    void whatIsNeededIsNeverMissing(DomainEvent event) {
        EventType type = CommandSideConfiguration.eventTypes().of(event.getClass());
        String stored = serializer.serialize(event, String.class).getData();
        for (String component : type.needed()) {
            String without = stored.replaceFirst("\"" + component + "\":\"[^\"]*\",?", "");
            assertThat(without).isNotEqualTo(stored);
            assertThatThrownBy(
                            () ->
                                    read(
                                            type.name().getName(),
                                            type.name().getRevision(),
                                            without.replace(",}", "}")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageEndingWith("without " + component);
        }
    }

    @Test
    void anEnvelopeStandsBeforeOrAfterTheNameOfItsSubject() {
        SerializedObject<String> stored = serializer.serialize(withReason("secret"), String.class);
        Matcher reason = Pattern.compile("\"reason\":\\{.*?},").matcher(stored.getData());
        assertThat(reason.find()).isTrue();
        String first = "{" + reason.group() + reason.replaceFirst("").substring(1);
        assertThat(read("LeaveSubmitted", "1", first)).isEqualTo(withReason("secret"));
    }

    @Test
    void aKeyThatCannotBeReadIsNoFaultOfTheEvent() {
        SerializedObject<byte[]> stored = serializer.serialize(withReason("secret"), byte[].class);
        SerializationException away =
                new SerializationException("keys are away", new SQLException("away", "08006"));
        Serializer reader =
                SerializationConfiguration.eventSerializer(
                        CommandSideConfiguration.eventTypes(),
                        new SubjectKeys() {
                            @Override
                            public SecretKey forWriting(Subject subject) {
                                throw away;
                            }

                            @Override
                            public SecretKey forReading(Subject subject) {
                                throw away;
                            }
                        },
                        new SecureRandom());
        assertThatThrownBy(() -> reader.deserialize(stored)).isSameAs(away);
        assertThatThrownBy(() -> reader.serialize(withReason("secret"), byte[].class))
                .isSameAs(away);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-23T09:00:00Z",
                "2026-11-23T09:00:00.1Z",
                "2026-11-23T23:59:59.123456Z",
                "2024-02-29T00:00:00.999999999Z",
                "1969-12-31T23:59:59.000001Z",
                "0000-01-01T00:00:00Z",
                "-0001-01-01T00:00:00Z",
                "+10000-01-01T00:00:00Z",
                "2026-11-23T10:00:00+01:00"
            })
    void instantsAreReadAsTheJdkReadsThem(String instant) {
        String json =
                "{\"companyId\":\"acme\",\"employeeId\":\"ana\",\"sessionId\":\"ws-1-ana\","
                        + "\"businessDate\":\"2024-02-29\",\"punchInTime\":\""
                        + instant
                        + "\"}";
        assertThat(read("PunchCorrected", "1", json))
                .isEqualTo(
                        new PunchCorrected(
                                "acme",
                                "ana",
                                "ws-1-ana",
                                OffsetDateTime.parse(instant).toInstant(),
                                null,
                                LocalDate.of(2024, 2, 29)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-11-23",
                "2026-11-23T09:00:00",
                "2026-11-23T09:00:00,1Z",
                "2026-11-23T09:00:00.1234567891Z",
                "2026-11-23T25:00:00Z",
                "2026-11-23T09:60:00Z",
                "2026-11-23T09:00:61Z",
                "2026-02-29T09:00:00Z",
                "2026-11-23 09:00:00Z",
                "2026/11/23T09:00:00Z",
                "2026-11-2aT09:00:00Z",
                "2026-11-23T09:00:0\u0660Z",
                "tomorrow"
            })
    void whatIsNoInstantIsRefused(String text) {
        String json =
                "{\"companyId\":\"acme\",\"employeeId\":\"ana\",\"sessionId\":\"ws-1-ana\","
                        + "\"businessDate\":\"2024-02-29\",\"punchInTime\":\""
                        + text
                        + "\"}";
        assertThatThrownBy(() -> read("PunchCorrected", "1", json))
                .isInstanceOf(SerializationException.class);
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
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":"x"} {}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":"x","startDate":"2026-02-30"}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":"x","startDate":"2026-13-01"}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":"x","startDate":true}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":["x"]}
                    LeaveWithdrawn | 2 | {"companyId":"acme","employeeId":"ana","leaveId":true}
                    LeaveWithdrawn | 2 | []
                    LeaveWithdrawn | 2 | null
                    LeaveWithdrawn | 2 | "x"
                    LeaveWithdrawn | 2 | 7
                    LeaveWithdrawn | 2 | ''
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":"clear"}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":7}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":["clear"]}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":{}}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":{"c":"YQ==","n":"YQ==","pd":"FREE_TEXT","v":2}}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":{"c":"YQ==","n":"YQ==","pd":"NAME","v":1}}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":{"c":"YQ==","n":"YQ==","pd":"FREE_TEXT","v":1}}
                    LeaveApproved  | 2 | {"companyId":"a","employeeId":"b","leaveId":"x","approvedBy":"c","comment":{"c":{"c":"YQ=="},"n":"YQ==","pd":"FREE_TEXT","v":1}}
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

package com.abrohr.attendance.edge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Location;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

class PayloadReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void readsWhatTheGuidesClientSends() {
        PayloadReader payload =
                reading(
                        """
                        {"employeeId":"e1","timestamp":"2026-01-31T09:00:00.250+01:00",
                         "location":{"lat":40.4,"lng":-3.7,"accuracy":12},"startDate":"2026-02-01"}""");

        assertThat(payload.text("employeeId")).isEqualTo("e1");
        assertThat(payload.instant("timestamp"))
                .isEqualTo(Instant.parse("2026-01-31T08:00:00.250Z"));
        assertThat(payload.optionalLocation("location")).isEqualTo(new Location(40.4, -3.7, 12.0));
        assertThat(payload.date("startDate")).isEqualTo(LocalDate.of(2026, 2, 1));
    }

    @Test
    void namesTheAbsentField() {
        refuses("timestamp", () -> reading("{}").instant("timestamp"));
        refuses("leaveType", () -> reading("{\"leaveType\":null}").text("leaveType"));
        refuses(
                "location.lng",
                () -> reading("{\"location\":{\"lat\":1}}").optionalLocation("location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"7", "true", "[]", "{}"})
    void refusesATextOfAnotherType(String value) {
        refuses("reason", () -> reading("{\"reason\":" + value + "}").optionalText("reason"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-02-30", "2026-13-01", "tomorrow", "2026-02-01T00:00:00Z", ""})
    void refusesADateThatDoesNotExist(String value) {
        refuses("startDate", () -> reading("{\"startDate\":\"" + value + "\"}").date("startDate"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday-ish", "2026-01-31", "2026-01-31T08:00:00", "1769846400"})
    void refusesATimestampThatIsNoInstant(String value) {
        refuses(
                "timestamp",
                () -> reading("{\"timestamp\":\"" + value + "\"}").instant("timestamp"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    location          | [1,2]
                    location          | "here"
                    location.lat      | {"lat":91,"lng":0}
                    location.lng      | {"lat":0,"lng":181}
                    location.accuracy | {"lat":0,"lng":0,"accuracy":-1}
                    """)
    void refusesALocationThatIsNone(String field, String value) {
        refuses(field, () -> reading("{\"location\":" + value + "}").optionalLocation("location"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", ""})
    void refusesANumberThatNoDoubleHolds(String sign) {
        String huge = sign + "9".repeat(400);

        refuses(
                "location.lat",
                () ->
                        reading("{\"location\":{\"lat\":" + huge + ",\"lng\":0}}")
                                .optionalLocation("location"));
    }

    @Test
    void takesABrowsersEmptyPositionForNone() {
        assertThat(reading("{\"location\":{}}").optionalLocation("location")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "7", "\"text\"", "[]"})
    void refusesAnEventWithoutAnObject(String argument) {
        refuses("payload", () -> PayloadReader.of(List.of(JSON.readTree(argument))));
    }

    @Test
    void refusesWhatIsNoFieldOfTheEvent() {
        List<JsonNode> halfDay =
                List.of(JSON.readTree("{\"leaveType\":\"annual\",\"halfDay\":true}"));

        refuses("halfDay", () -> PayloadReader.of(halfDay, "leaveType"));
        refuses("halfDay", () -> PayloadReader.ofOptional(halfDay, "leaveType"));
        refuses(
                "location.city",
                () ->
                        reading("{\"location\":{\"lat\":1,\"lng\":1,\"city\":\"Lugo\"}}")
                                .optionalLocation("location"));
    }

    @Test
    void takesAllThatABrowserTellsOfAPlace() {
        PayloadReader payload =
                reading(
                        """
                        {"location":{"lat":1,"lng":2,"accuracy":3,"altitude":4,"altitudeAccuracy":null,
                         "heading":null,"speed":0,"timestamp":1767225600000}}""");

        assertThat(payload.optionalLocation("location")).isEqualTo(new Location(1, 2, 3.0));
    }

    @Test
    void anEventThatNeedNotCarryAnythingIsReadAsAnEmptyObject() {
        assertThat(PayloadReader.ofOptional(List.of(), "epoch").object()).isEmpty();
        assertThat(PayloadReader.ofOptional(List.of(NullNode.getInstance())).object()).isEmpty();
    }

    private static PayloadReader reading(String json) {
        JsonNode payload = JSON.readTree(json);
        return PayloadReader.of(List.of(payload), payload.propertyNames().toArray(new String[0]));
    }

    private static void refuses(String field, ThrowingCallable reading) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(field);
                        });
    }
}

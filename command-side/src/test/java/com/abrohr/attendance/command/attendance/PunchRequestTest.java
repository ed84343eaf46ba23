package com.abrohr.attendance.command.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.command.api.RequestBody;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

class PunchRequestTest {

    private static final Caller ANA = new Caller("acme", "u-1", "ana", Role.EMPLOYEE, Instant.MAX);

    @Test
    void aPunchIsReadWithEverythingThatItMayCarry() {
        assertThat(
                        punch(
                                """
                                {"type": "IN", "occurredAt": "2026-11-23T10:00:00+01:00",
                                 "zone": "Europe/Madrid", "employeeId": "bob",
                                 "location": {"lat": 40, "lng": -3.5, "accuracy": 10}}
                                """))
                .isEqualTo(
                        new PunchIn(
                                "acme",
                                "bob",
                                "c-1",
                                Instant.parse("2026-11-23T09:00:00Z"),
                                "Europe/Madrid",
                                new Location(40, -3.5, 10.0)));
    }

    @Test
    void aPunchIsAboutItsSenderUnlessItSaysOtherwise() {
        assertThat(punch("{\"type\": \"IN\", \"zone\": null}"))
                .isEqualTo(new PunchIn("acme", "ana", "c-1", null, null, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    body               | {"type": "IN"
                    body               | {"type": "IN"} x
                    body               | {"type": "IN", "type": "OUT"}
                    body               | []
                    body               | null
                    type               | {}
                    type               | {"type": "in"}
                    type               | {"type": 1}
                    occuredAt          | {"type": "IN", "occuredAt": "2026-11-23T10:00:00Z"}
                    occurredAt         | {"type": "IN", "occurredAt": 1}
                    occurredAt         | {"type": "IN", "occurredAt": "2026-02-30T10:00:00Z"}
                    occurredAt         | {"type": "IN", "occurredAt": "2026-11-23T10:00:00"}
                    employeeId         | {"type": "IN", "employeeId": 7}
                    location           | {"type": "IN", "location": "here"}
                    location.lat       | {"type": "IN", "location": {"lng": 1}}
                    location.lat       | {"type": "IN", "location": {"lat": 91, "lng": 1}}
                    location.lng       | {"type": "IN", "location": {"lat": 1, "lng": "1"}}
                    location.accuracy  | {"type": "IN", "location": {"lat": 1, "lng": 1, "accuracy": -1}}
                    location.alt       | {"type": "IN", "location": {"lat": 1, "lng": 1, "alt": 1}}
                    """)
    void aFaultNamesItsField(String field, String json) {
        assertThatThrownBy(() -> punch(json))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(field);
                        });
    }

    @Test
    void aNumberThatNoDoubleHoldsIsAFaultOfItsField() {
        aFaultNamesItsField(
                "location.lng",
                "{\"type\": \"IN\", \"location\": {\"lat\": 1, \"lng\": " + "9".repeat(400) + "}}");
    }

    @Test
    void aDateMustExist() {
        RequestBody body =
                RequestBody.parse(
                        "{\"startDate\": \"2026-02-29\"}".getBytes(StandardCharsets.UTF_8),
                        "startDate");
        assertThatThrownBy(() -> body.requiredDate("startDate"))
                .isInstanceOfSatisfying(
                        Refusal.class, it -> assertThat(it.field()).isEqualTo("startDate"));
    }

    private static Object punch(String json) {
        return PunchController.command(
                RequestBody.parse(
                        json.getBytes(StandardCharsets.UTF_8),
                        "type",
                        "occurredAt",
                        "zone",
                        "location",
                        "employeeId"),
                false,
                "c-1",
                ANA);
    }
}

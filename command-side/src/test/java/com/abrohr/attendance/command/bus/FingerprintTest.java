package com.abrohr.attendance.command.bus;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;

class FingerprintTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final Location PLACE = new Location(40.4, -3.7, 12.0);

    /** What stands in logs since the first version: a repeat is compared with it years later. */
    @Test
    void anOnlinePunchIsDigestedAsBeforeThereWereOfflineOnes() throws Exception {
        String canonical =
                """
                {"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                "location":{"accuracy":12.0,"lat":40.4,"lng":-3.7},\
                "occurredAt":"2026-11-23T09:00:00Z","zoneId":"UTC"}""";
        assertThat(Fingerprint.of(new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, false)))
                .isEqualTo(sha256("\"PunchIn\"" + canonical));
    }

    @Test
    void theSamePunchSaidToBeOfflineIsAnotherCommand() {
        assertThat(Fingerprint.of(new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, true)))
                .isNotEqualTo(
                        Fingerprint.of(
                                new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, false)));
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

package com.abrohr.attendance.command.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

class FingerprintTest {

    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);
    private static final LocalDate FRIDAY = LocalDate.of(2026, 11, 27);
    private static final Location PLACE = new Location(40.4, -3.7, 12.0);

    /** What stands in logs since the first version: a repeat is compared with it years later. */
    @Test
    void anOnlinePunchIsDigestedAsBeforeThereWereOfflineOnes() throws Exception {
        String canonical =
                """
                {"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                "location":{"accuracy":12.0,"lat":40.4,"lng":-3.7},\
                "occurredAt":"2026-11-23T09:00:00Z","zoneId":"UTC"}""";
        assertThat(
                        CommandTypes.fingerprint(
                                new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, false)))
                .isEqualTo(sha256("\"PunchIn\"" + canonical));
    }

    static List<Arguments> everyCommand() {
        return List.of(
                arguments(
                        new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, true),
                        """
                        "PunchIn"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "location":{"accuracy":12.0,"lat":40.4,"lng":-3.7},\
                        "occurredAt":"2026-11-23T09:00:00Z","zoneId":"UTC"}"""),
                arguments(
                        new PunchOut("acme", "ana", "c-1", NINE, "UTC", PLACE, false),
                        """
                        "PunchOut"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "location":{"accuracy":12.0,"lat":40.4,"lng":-3.7},\
                        "occurredAt":"2026-11-23T09:00:00Z","zoneId":"UTC"}"""),
                arguments(
                        new CorrectWorkSession(
                                "acme",
                                "ana",
                                "c-1",
                                "ws-1-ana",
                                NINE,
                                NINE.plusSeconds(28_800),
                                "forgot"),
                        """
                        "CorrectWorkSession"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "punchInTime":"2026-11-23T09:00:00Z","punchOutTime":"2026-11-23T17:00:00Z",\
                        "reason":"forgot","sessionId":"ws-1-ana"}"""),
                arguments(
                        new SubmitLeave("acme", "ana", "c-1", "vacation", MONDAY, FRIDAY, "rest"),
                        """
                        "SubmitLeave"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "endDate":"2026-11-27","leaveType":"vacation","reason":"rest",\
                        "startDate":"2026-11-23"}"""),
                arguments(
                        new ApproveLeave("acme", "ana", "c-1", "lv-1-ana", "enjoy"),
                        """
                        "ApproveLeave"{"commandId":"c-1","comment":"enjoy","companyId":"acme",\
                        "employeeId":"ana","leaveId":"lv-1-ana"}"""),
                arguments(
                        new RejectLeave("acme", "ana", "c-1", "lv-1-ana", "many away"),
                        """
                        "RejectLeave"{"commandId":"c-1","comment":"many away","companyId":"acme",\
                        "employeeId":"ana","leaveId":"lv-1-ana"}"""),
                arguments(
                        new WithdrawLeave("acme", "ana", "c-1", "lv-1-ana"),
                        """
                        "WithdrawLeave"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "leaveId":"lv-1-ana"}"""),
                arguments(
                        new RegisterEmployee(
                                "acme",
                                "ana",
                                "c-1",
                                "Ana Núñez",
                                "sales",
                                "madrid",
                                "Europe/Madrid"),
                        """
                        "RegisterEmployee"{"commandId":"c-1","companyId":"acme","departmentId":"sales",\
                        "displayName":"Ana Núñez","employeeId":"ana","siteId":"madrid",\
                        "zoneId":"Europe/Madrid"}"""));
    }

    /** By another input no repeat of a stored command would be recognised. */
    @ParameterizedTest
    @MethodSource("everyCommand")
    void aCommandIsDigestedAsItWasWhenLogsBegan(EmployeeCommand command, String input)
            throws Exception {
        assertThat(CommandTypes.fingerprint(command)).isEqualTo(sha256(input));
    }

    @Test
    void everyCommandHasItsNameAndItsInputIsPinned() {
        List<Class<?>> all = CommandTypes.permitted();
        assertThat(CommandTypes.ALL.stream().<Class<?>>map(CommandType::type))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(CommandTypes.ALL.stream().map(CommandType::name)).doesNotHaveDuplicates();
        assertThat(everyCommand().stream().<Class<?>>map(it -> it.get()[0].getClass()))
                .containsExactlyInAnyOrderElementsOf(all);
    }

    /** It is sent again as offline when its answer did not come. */
    @Test
    void theSamePunchSaidToBeOfflineIsTheSameCommand() {
        PunchIn online = new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, false);
        PunchIn offline = online.withOffline(true);
        assertThat(CommandTypes.fingerprint(offline)).isEqualTo(CommandTypes.fingerprint(online));
    }

    @Test
    void anOfflinePunchOfALogFromBeforeIsRecognisedInBothForms() throws Exception {
        String stored =
                sha256(
                        """
                        "PunchIn"{"commandId":"c-1","companyId":"acme","employeeId":"ana",\
                        "occurredAt":"2026-11-23T09:00:00Z","offline":true,"zoneId":"UTC"}""");
        PunchIn punch = new PunchIn("acme", "ana", "c-1", NINE, "UTC", null, true);
        assertThat(CommandTypes.of(punch).isRepeat(punch, stored)).isTrue();
        assertThat(CommandTypes.of(punch).isRepeat(punch.withOffline(false), stored)).isTrue();
        PunchIn other = new PunchIn("acme", "ana", "c-1", NINE, "UTC", PLACE, true);
        assertThat(CommandTypes.of(other).isRepeat(other, stored)).isFalse();
    }

    private static String sha256(String text) throws Exception {
        return HexFormat.of()
                .formatHex(
                        MessageDigest.getInstance("SHA-256")
                                .digest(text.getBytes(StandardCharsets.UTF_8)));
    }
}

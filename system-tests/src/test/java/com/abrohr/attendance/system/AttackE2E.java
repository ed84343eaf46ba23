package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Attack;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.RawSocket;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Clients that want to fill the memory of a server that runs with the shipped options file: it
 * lives on, and whoever is at work is served.
 */
class AttackE2E {

    private static final Duration ATTACK_LIMIT = Duration.ofSeconds(90);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);
    private static final Duration AT_WORK = Duration.ofSeconds(10);

    private static Path data;
    private static AttendanceServer server;

    @BeforeAll
    static void start() {
        data = DataDirectories.create();
        server = AttendanceServer.start(data, List.of(AttendanceServer.secret()));
    }

    @AfterAll
    static void stop() {
        server.close();
        DataDirectories.discard(data);
    }

    @Test
    void messages_that_never_end_of_clients_without_a_token() {
        worksDuring(() -> Attack.unfinishedMessages(server.uri("/"), 1_600));
    }

    @Test
    void bodies_that_never_end_of_clients_without_a_token() {
        worksDuring(() -> Attack.slowPosts(server.uri("/"), 1_600));
    }

    @Test
    void headers_that_never_end() {
        worksDuring(() -> Attack.partialHeaders(server.uri("/"), 6_800));
    }

    @Test
    void one_employee_who_asks_for_much_on_many_sockets_and_reads_nothing() {
        worksDuring(
                () ->
                        Attack.unreadAnswers(
                                server.uri("/"),
                                450,
                                server.tokens().employee("attacked", "greedy"),
                                batchOfRefusedPunches(),
                                28));
    }

    /** Answered with a refusal for each of its hundred items. */
    private static String batchOfRefusedPunches() {
        return "421[\"punch_batch\",{\"offline\":false,\"items\":["
                + String.join(",", Collections.nCopies(100, "{}"))
                + "]}]";
    }

    private static void worksDuring(Supplier<Attack> begun) {
        String employee = "worker-" + UUID.randomUUID();
        URI base = server.uri("");
        int mark = server.log().size();
        try (RawSocket socket =
                        RawSocket.connect(base, server.tokens().employee("attacked", employee));
                RawSocket manager =
                        RawSocket.connect(base, server.tokens().manager("attacked", "boss"));
                Attack attack = begun.get()) {
            int punches = 0;
            Instant end = Instant.now().plus(AT_WORK);
            while (Instant.now().isBefore(end)) {
                punch(socket, manager, employee, punches++);
            }
            attack.await(ATTACK_LIMIT);
            punch(socket, manager, employee, punches++);

            assertThat(server.isAlive()).isTrue();
            await().atMost(ANSWER_LIMIT).until(server::isReady);
            assertThat(punches).isGreaterThan(10);
            assertThat(server.log().stackTraces(mark)).isEmpty();
        }
        // Whoever comes afterwards is let in.
        RawSocket.connect(base, server.tokens().employee("attacked", employee)).close();
    }

    private static void punch(RawSocket socket, RawSocket manager, String employee, int number) {
        String event = number % 2 == 0 ? "punch_in" : "punch_out";
        String id = UUID.randomUUID().toString();
        socket.send(
                "42%d[\"%s\",{\"employeeId\":\"%s\",\"timestamp\":\"%s\",\"commandId\":\"%s\"}]"
                        .formatted(number, event, employee, Instant.now(), id));
        String answer = socket.await(frame -> frame.startsWith("43" + number + "["), ANSWER_LIMIT);
        assertThat(answer).as(event.toUpperCase(Locale.ROOT)).contains("\"ok\":true");
        manager.await(frame -> frame.contains(id), ANSWER_LIMIT);
        socket.forget();
        manager.forget();
    }
}

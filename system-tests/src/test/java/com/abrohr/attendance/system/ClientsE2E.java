package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.abrohr.attendance.system.harness.Cable;
import com.abrohr.attendance.system.harness.Python;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import tools.jackson.databind.JsonNode;

import java.io.File;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The client libraries of three languages, each as its applications use it. */
@ExtendWith(RunningSystem.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientsE2E {
    /** On the build machine, where a skipped test would go unnoticed. */
    private static final boolean ALL_REQUIRED = Boolean.getBoolean("attendance.tests.all-required");

    private final Companies companies;
    private final Map<Language, SocketIoClients> clients = new EnumMap<>(Language.class);

    ClientsE2E(Companies companies) {
        this.companies = companies;
    }

    enum Language {
        JAVASCRIPT,
        JAVA,
        PYTHON;

        /** Skips the test on a machine that lacks what the client needs. */
        SocketIoClients start() {
            return switch (this) {
                case JAVASCRIPT -> new SocketIoClients();
                case JAVA -> new SocketIoClients(JavaClients::new);
                case PYTHON -> {
                    assumePython();
                    yield SocketIoClients.python();
                }
            };
        }
    }

    @AfterAll
    void stop() {
        clients.values().forEach(SocketIoClients::close);
    }

    @ParameterizedTest
    @EnumSource
    void punches_over_websocket_polling_and_an_upgrade(Language language) {
        for (List<String> transports :
                List.of(
                        List.of("websocket"),
                        List.of("polling"),
                        List.of("polling", "websocket"))) {
            Companies.Company company = companies.found("clients");
            SocketIoClient employee =
                    open(language, company.employeeToken("e1"), transports).connected();
            if (transports.size() > 1) {
                assertThat(employee.awaitLifecycle("upgrade").first().asString())
                        .isEqualTo("websocket");
            } else {
                assertThat(employee.awaitLifecycle("connect").first().asString())
                        .isEqualTo(transports.getFirst());
            }
            String timestamp = Say.now();
            Map<String, Object> punch = Say.punch("e1", Say.commandId(), timestamp);

            JsonNode answer = Answers.accepted(employee.ask("punch_in", punch));

            assertThat(answer.path("id").asString()).isEqualTo("ws-1-e1");
            JsonNode confirmed = employee.await("punch_in_confirmed");
            assertThat(confirmed.path("id").asString()).isEqualTo("ws-1-e1");
            assertThat(confirmed.path("timestamp").asString()).isEqualTo(timestamp);
            assertThat(employee.ask("punch_in", punch)).as("a repeat").isEqualTo(answer);
            assertThat(Answers.refusal(employee.ask("punch_in", Say.punch("e1", Say.commandId()))))
                    .isEqualTo("ALREADY_PUNCHED_IN");
            assertThat(employee.await("error").path("code").asString())
                    .isEqualTo("ALREADY_PUNCHED_IN");
            employee.emit("punch_out", Say.punch("e1", Say.commandId()));
            employee.await("punch_out_confirmed");
            employee.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void is_refused_in_the_words_of_the_guide(Language language) {
        for (String transport : List.of("websocket", "polling")) {
            assertThat(open(language, "not.a.token", List.of(transport)).refused())
                    .isEqualTo("Invalid token");
            assertThat(open(language, "", List.of(transport)).refused())
                    .isEqualTo("Authentication token required");
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_manager_hears_punches_and_leave_and_decides(Language language) {
        Companies.Company company = companies.found("clients");
        List<String> both = List.of("polling", "websocket");
        SocketIoClient manager = open(language, company.managerToken("m1"), both).connected();
        SocketIoClient employee = open(language, company.employeeToken("e1"), both).connected();

        employee.emit("punch_in", Say.punch("e1", Say.commandId()));
        assertThat(manager.await("attendance_punch_in").path("location").path("lat").asDouble())
                .isEqualTo(40.4168);
        employee.emit("leave_request", Say.leave("e1", "2031-01-02", "2031-01-05", "año nuevo"));
        String id = manager.await("leave_request_new").path("id").asString();
        assertThat(id).isEqualTo("lv-1-e1");
        Answers.accepted(manager.ask("leave_approve", Map.of("id", id, "approved", true)));
        employee.await(
                "leave_request_updated", each -> each.path("status").asString().equals("approved"));
        manager.emit("request_live_dashboard", Map.of());
        assertThat(Board.presences(manager.await("dashboard_snapshot").path("rows")))
                .containsEntry("e1", "IN");
    }

    @ParameterizedTest
    @EnumSource
    void comes_back_by_itself_after_a_lost_connection_and_goes_on_hearing(Language language) {
        Companies.Company company = companies.found("clients");
        List<SocketIoClient> managers = new ArrayList<>();
        try (var cable = new Cable(companies.server().port())) {
            for (String transport : List.of("websocket", "polling")) {
                managers.add(
                        open(
                                        language,
                                        cable.uri(),
                                        Map.of(
                                                "auth",
                                                Map.of("token", company.managerToken(transport)),
                                                "transports",
                                                List.of(transport),
                                                "reconnection",
                                                true,
                                                "reconnectionDelay",
                                                50))
                                .connected());
            }
            managers.forEach(SocketIoClient::forget);
            cable.cut();
            managers.forEach(each -> each.awaitLifecycle("disconnect"));
            cable.mend();
            managers.forEach(each -> each.awaitLifecycle("connect"));

            company.employee("e1").emit("punch_in", Say.punch("e1", Say.commandId()));
            managers.forEach(each -> each.await("attendance_punch_in"));
            managers.forEach(SocketIoClient::close);
        }
    }

    private SocketIoClient open(Language language, String token, List<String> transports) {
        return open(
                language,
                companies.server().uri(""),
                Map.of("auth", Map.of("token", token), "transports", transports));
    }

    private SocketIoClient open(Language language, URI url, Map<String, ?> options) {
        return clients(language).open(url, options);
    }

    /** Skips what needs Python on a machine without it. */
    static void assumePython() {
        assumeTrue(
                ALL_REQUIRED || Python.hasSocketIo(),
                "install python3-socketio, python3-requests and python3-websocket");
    }

    static void assumeOnPath(String program) {
        boolean found =
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
        assumeTrue(ALL_REQUIRED || found, "install " + program);
    }

    private SocketIoClients clients(Language language) {
        return clients.computeIfAbsent(language, Language::start);
    }
}

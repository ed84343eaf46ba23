package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** What stops the start, and what it says then. */
@ExtendWith(RunningSystem.class)
class StartE2E {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Companies companies;

    StartE2E(Companies companies) {
        this.companies = companies;
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "--attendance.security.jwt.secret=too-short"})
    void a_missing_or_short_secret_stops_the_start_and_is_named(String argument) {
        List<String> arguments = argument.isEmpty() ? List.of() : List.of(argument);
        Path data = DataDirectories.create();
        try (var server = AttendanceServer.spawn(data, arguments)) {
            assertThat(exitOf(server)).isNotZero();
            String log = server.log().tail(100);
            assertThat(log).contains("attendance.security.jwt.secret");
            assertThat(log).doesNotContain("too-short");
        } finally {
            DataDirectories.discard(data);
        }
    }

    @Test
    void a_start_on_a_used_port_ends_with_code_1_and_leaves_no_database_behind() {
        AttendanceServer first = companies.server();
        Path data = DataDirectories.create();
        try (var second =
                AttendanceServer.spawn(first.port(), data, List.of(AttendanceServer.secret()))) {
            assertThat(exitOf(second)).isEqualTo(1);
            assertThat(second.log().tail(100)).contains("Port " + first.port());
            assertThat(data.resolve("postgres/PG_VERSION")).exists();
            assertThat(data.resolve("postgres/postmaster.pid")).doesNotExist();
        } finally {
            DataDirectories.discard(data);
        }
        await().until(first::isReady);
    }

    @Test
    void a_second_process_on_the_same_data_directory_is_refused_clearly() {
        AttendanceServer first = companies.server();
        try (var second =
                AttendanceServer.spawn(first.dataDirectory(), List.of(AttendanceServer.secret()))) {
            assertThat(exitOf(second)).isNotZero();
            assertThat(second.log().tail(100))
                    .contains(first.dataDirectory().toString())
                    .containsIgnoringCase("another process");
        }
        await().until(first::isReady);
        Companies.Company company = companies.found("undisturbed");
        Answers.accepted(company.employee("e1").ask("punch_in", Say.punch("e1", Say.commandId())));
    }

    private static int exitOf(AttendanceServer refused) {
        await().atMost(START_LIMIT).until(() -> !refused.isAlive());
        return refused.awaitExit();
    }
}

package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.ClientsE2E.Language;
import com.abrohr.attendance.system.harness.Cable;
import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** What an application has queued while it was away, and sends all at once when it is back. */
@ExtendWith(RunningSystem.class)
class QueuedEventsE2E {
    private static final int QUEUED = 1_000;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Companies companies;

    QueuedEventsE2E(Companies companies) {
        this.companies = companies;
    }

    @ParameterizedTest
    @CsvSource({
        "JAVASCRIPT, websocket",
        "JAVASCRIPT, polling",
        "JAVA, websocket",
        "JAVA, polling",
        "PYTHON, websocket",
        "PYTHON, polling"
    })
    void every_queued_punch_is_answered_and_stored_once(Language language, String transport)
            throws Exception {
        Companies.Company company = companies.found("queued");
        try (SocketIoClients clients = language.start();
                var cable = new Cable(companies.server().port())) {
            SocketIoClient employee =
                    clients.open(
                                    cable.uri(),
                                    Map.of(
                                            "auth",
                                            Map.of("token", company.employeeToken("e1")),
                                            "transports",
                                            List.of(transport),
                                            "reconnection",
                                            true,
                                            "reconnectionDelay",
                                            50))
                            .connected();
            employee.forget();
            // The client for Python refuses what is emitted while it is away.
            if (language != Language.PYTHON) {
                cable.cut();
                employee.awaitLifecycle("disconnect");
            }
            List<String> commandIds = new ArrayList<>();
            List<CompletableFuture<JsonNode>> requests = new ArrayList<>();
            for (int i = 0; i < QUEUED; i++) {
                String commandId = Say.commandId();
                commandIds.add(commandId);
                requests.add(
                        employee.request(
                                i % 2 == 0 ? "punch_in" : "punch_out",
                                Say.punch("e1", commandId),
                                LIMIT));
            }
            cable.mend();

            CompletableFuture.allOf(requests.toArray(CompletableFuture[]::new))
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);

            assertThat(requests)
                    .extracting(each -> Answers.accepted(each.join()).path("commandId").asString())
                    .isEqualTo(commandIds);
            assertThat(stored(company.id())).isEqualTo(commandIds);
            assertThat(employee.lifecycle())
                    .extracting(SocketIoClient.Heard::name)
                    .filteredOn("disconnect"::equals)
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    /** The commands in the log of the employee's time clock. */
    private List<String> stored(String company) throws Exception {
        try (Connection database = LogDatabase.connect(companies.server().dataDirectory());
                PreparedStatement select =
                        database.prepareStatement(
                                "select command_id from events where aggregate_id = ? order by sequence")) {
            select.setString(1, "time-clock/" + company + "/e1");
            List<String> stored = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    stored.add(row.getString(1));
                }
            }
            return stored;
        }
    }
}

package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.SocketIoClients.CrowdCompany;
import com.abrohr.attendance.system.harness.SocketIoClients.Person;

import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;

/** Many people connected at the same time, all of whom punch in at the same time. */
@ExtendWith(RunningSystem.class)
class CrowdE2E {
    private static final int MANAGERS = 3;
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String STORED =
            """
            select (select count(*) from events
                     where company_id = ? and payload_type like '%PunchedIn'),
                   (select count(distinct employee_id) from events
                     where company_id = ? and payload_type like '%PunchedIn'),
                   (select count(*) from punch where company_id = ? and type = 'IN'),
                   (select count(*) from presence where company_id = ? and session_open)
            """;

    private final Companies companies;

    CrowdE2E(Companies companies) {
        this.companies = companies;
    }

    @ParameterizedTest(name = "{0} users of {1} companies")
    @CsvSource({"100, 4", "1000, 8"})
    void
            every_punch_of_many_concurrent_users_is_stored_and_heard_once_by_every_manager_of_their_company(
                    int users, int firms) throws Exception {
        int employees = users / firms - MANAGERS;
        List<CrowdCompany> crowd =
                IntStream.range(0, firms).mapToObj(i -> company(employees)).toList();

        var report = companies.sockets().crowd(companies.server().uri(""), crowd, LIMIT);

        assertThat(report.faults()).isEmpty();
        assertThat(report.connected()).as("connected to the end").isEqualTo(users);
        assertThat(report.confirmed()).as("confirmed").isEqualTo(firms * employees);
        assertThat(report.deliveries())
                .as("heard by managers")
                .isEqualTo(firms * employees * MANAGERS);
        try (Connection database = LogDatabase.connect(companies.server().dataDirectory());
                PreparedStatement stored = database.prepareStatement(STORED)) {
            for (CrowdCompany company : crowd) {
                for (int i = 1; i <= 4; i++) {
                    stored.setString(i, company.id());
                }
                await("read models follow")
                        .until(
                                () -> {
                                    try (ResultSet row = stored.executeQuery()) {
                                        row.next();
                                        return row.getInt(3) >= employees
                                                && row.getInt(4) == employees - 1;
                                    }
                                });
                try (ResultSet row = stored.executeQuery()) {
                    row.next();
                    assertThat(row.getInt(1)).as("punches in the log").isEqualTo(employees);
                    assertThat(row.getInt(2)).as("who punched").isEqualTo(employees);
                    assertThat(row.getInt(3)).as("punches shown").isEqualTo(employees);
                    assertThat(row.getInt(4)).as("in; one has left").isEqualTo(employees - 1);
                }
            }
        }
    }

    private CrowdCompany company(int employees) {
        Companies.Company company = companies.found("crowd");
        return new CrowdCompany(
                company.id(),
                people(company.id(), "m", MANAGERS, companies.server().tokens()::manager),
                people(company.id(), "e", employees, companies.server().tokens()::employee));
    }

    private static List<Person> people(
            String company, String kind, int count, BinaryOperator<String> tokens) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> company + "-" + kind + i)
                .map(id -> new Person(id, tokens.apply(company, id)))
                .toList();
    }
}

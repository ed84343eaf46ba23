package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

class TransactionsIT {
    private static final int COMPANIES = 10;
    private static final int ROUNDS = 100;

    @Test
    void howOftenReadModelsAreWrittenDoesNotFollowHowManyPunch() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        var hooks = new DatabaseHooks();
        try (TestNode node = TestNode.start(database, hooks)) {
            List<Company> companies =
                    IntStream.range(0, COMPANIES)
                            .mapToObj(i -> new Company(node.log(), "c" + i))
                            .toList();
            companies.forEach(company -> company.punchesIn("e0"));
            projected(admin, COMPANIES);

            long commits = hooks.commits.get();
            long begin = System.nanoTime();
            try (var clock = Executors.newSingleThreadScheduledExecutor()) {
                // 500 punches a second, if the machine can.
                var people =
                        companies.stream()
                                .map(
                                        company ->
                                                clock.scheduleAtFixedRate(
                                                        () -> punch(company),
                                                        0,
                                                        20,
                                                        TimeUnit.MILLISECONDS))
                                .toList();
                projected(admin, COMPANIES * ROUNDS);
                people.forEach(person -> person.cancel(false));
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double perSecond = (hooks.commits.get() - commits) / seconds;
            System.out.printf(
                    "%.0f punches/s: %.0f transactions/s of the projection%n",
                    COMPANIES * ROUNDS / seconds, perSecond);
            // Two segments, each at most once per linger of 25 ms, and their claims; half as much
            // again for what a scheduler does.
            assertThat(perSecond).isLessThan(120);
        }
    }

    private static void punch(Company company) {
        company.punchesOut("e0");
        company.punchesIn("e0");
    }

    private static void projected(JdbcTemplate admin, long atLeast) {
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                admin.queryForObject(
                                                "select coalesce(sum(last_seq), 0) from"
                                                        + " company_position",
                                                Long.class)
                                        >= atLeast);
    }
}

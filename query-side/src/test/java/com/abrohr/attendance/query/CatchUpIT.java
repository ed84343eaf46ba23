package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.management.OperatingSystemMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.JdbcTemplate;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

/** How fast a rebuild is; a figure, so only on request: {@code -Dcampaign=true}. */
@EnabledIfSystemProperty(named = "campaign", matches = "true")
class CatchUpIT {

    private static final int ROUNDS = 2500;

    @Test
    void a_rebuild_catches_up_with_ten_thousand_events_a_second() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node = TestNode.start(database)) {
            node.processor().shutDown();
            List<Company> companies =
                    IntStream.range(0, 8).mapToObj(i -> new Company(node.log(), "c" + i)).toList();
            try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
                companies.forEach(company -> people.submit(() -> live(company)));
            }
            for (int run = 0; run < 3; run++) {
                if (run > 0) {
                    node.processor().shutDown();
                    node.processor().resetTokens();
                }
                long begin = System.nanoTime();
                long cpu = cpuNanos();
                node.processor().start();
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(10))
                        .until(
                                () ->
                                        admin.queryForObject(
                                                        "select coalesce(sum(last_seq), 0) from company_position",
                                                        Long.class)
                                                == 8L * ROUNDS);
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        "run %d: %d events in %.2f s: %.0f events/s, %.0f us of CPU each here%n",
                        run,
                        8 * ROUNDS,
                        seconds,
                        8 * ROUNDS / seconds,
                        (cpuNanos() - cpu) / 1e3 / (8 * ROUNDS));
            }
            assertThat(ReadModelFold.differences(admin)).isEmpty();
        }
    }

    private static void live(Company company) {
        for (int i = 0; i < ROUNDS; i++) {
            String employee = "e" + i / 2 % 40;
            company.append(i % 2 == 0 ? company.in(employee) : company.out(employee));
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}

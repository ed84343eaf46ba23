package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.DomainEvent;
import com.sun.management.OperatingSystemMXBean;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.springframework.jdbc.core.JdbcTemplate;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** How fast a rebuild is; a figure, so only on request: {@code -Dcampaign=true}. */
@EnabledIfSystemProperty(named = "campaign", matches = "true")
class CatchUpIT {
    private static final int COMPANIES = 8;
    private static final int EVENTS = 12_500;
    private static final int EVENTS_PER_COMMAND = 100;

    @Test
    void aRebuildCatchesUpWithTwentyThousandEventsASecond() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node = TestNode.start(database, "logging.level.com.abrohr=info")) {
            node.processor().shutDown();
            try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
                for (Future<?> done :
                        IntStream.range(0, COMPANIES)
                                .mapToObj(i -> new Company(node.log(), "c" + i))
                                .map(company -> people.submit(() -> live(company)))
                                .toList()) {
                    done.get();
                }
            }
            for (int run = 0; run < 4; run++) {
                if (run > 0) {
                    node.processor().shutDown();
                    node.processor().resetTokens();
                }
                long begin = System.nanoTime();
                long cpu = cpuNanos();
                long total = (long) COMPANIES * EVENTS;
                node.processor().start();
                await().atMost(Duration.ofMinutes(5))
                        .pollInterval(Duration.ofMillis(10))
                        .until(
                                () ->
                                        admin.queryForList(
                                                        "select sum(last_seq) from company_position",
                                                        Long.class)
                                                .equals(List.of(total)));
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf(
                        "run %d: %d events in %.2f s: %.0f events/s, %.0f us of CPU each here%n",
                        run, total, seconds, total / seconds, (cpuNanos() - cpu) / 1e3 / total);
            }
            assertThat(ReadModelFold.differences(admin)).isEmpty();
        }
    }

    private static void live(Company company) {
        var command = new DomainEvent[EVENTS_PER_COMMAND];
        for (int i = 0; i < EVENTS; i++) {
            String employee = "e" + i / EVENTS_PER_COMMAND;
            command[i % EVENTS_PER_COMMAND] =
                    i % 2 == 0 ? company.in(employee) : company.out(employee);
            if (i % EVENTS_PER_COMMAND == EVENTS_PER_COMMAND - 1) {
                company.append(command);
            }
        }
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }
}

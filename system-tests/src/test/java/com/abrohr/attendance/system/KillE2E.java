package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.consistency.CommandHistory;
import com.abrohr.attendance.system.consistency.CommandHistory.Outcome;
import com.abrohr.attendance.system.consistency.Crowd;
import com.abrohr.attendance.system.consistency.LogRules;
import com.abrohr.attendance.system.consistency.LoggedEvent;
import com.abrohr.attendance.system.consistency.ReadModels;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.LogDatabase;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;

/** kill -9 under load: what was acknowledged is kept, once, and every read model follows. */
class KillE2E {
    private static final int KILLS = Integer.getInteger("attendance.kills", 1);
    private static final List<String> COMPANIES = List.of("kill-a", "kill-b");
    private static final int PEOPLE = 50;
    private static final Duration PAUSE = Duration.ofMillis(400);

    @Test
    void no_acknowledged_command_is_lost_or_doubled_and_the_read_models_equal_a_fold_of_the_log()
            throws Exception {
        long seed = Long.getLong("attendance.seed", System.nanoTime());
        try {
            killAndCheck(new Random(seed));
        } catch (Throwable e) {
            throw new AssertionError("repeat with -Dattendance.seed=" + seed, e);
        }
    }

    private static void killAndCheck(Random random) throws Exception {
        Path data = DataDirectories.create();
        var server = new AtomicReference<>(start(data));
        var history = new CommandHistory();
        try {
            try (var crowd =
                    new Crowd(
                            () -> new Crowd.Node(server.get()::api, server.get()::isAlive),
                            history,
                            COMPANIES,
                            PEOPLE,
                            PAUSE,
                            random.nextLong())) {
                for (int kill = 1; kill <= KILLS; kill++) {
                    long before = history.count(Outcome.OK);
                    await("load")
                            .atMost(Duration.ofSeconds(60))
                            .until(() -> history.count(Outcome.OK) > before + 200);
                    awaitMoment(random);
                    server.get().kill();
                    server.set(start(data));
                }
                long before = history.count(Outcome.OK);
                await("load after the last kill")
                        .atMost(Duration.ofSeconds(60))
                        .until(() -> history.count(Outcome.OK) > before + 200);
            }
            check(data, history);
            await().until(server.get()::isReady);
            assertThat(server.get().log().stackTraces(0)).isEmpty();
        } catch (Throwable e) {
            System.out.println("---- server log ----\n" + server.get().log().tail(100));
            throw e;
        } finally {
            server.get().close();
            DataDirectories.discard(data);
        }
    }

    private static AttendanceServer start(Path data) {
        return AttendanceServer.start(data, List.of(AttendanceServer.secret()));
    }

    /** Some moment in the next second, so that kills meet every phase of a commit over time. */
    private static void awaitMoment(Random random) {
        long end = System.nanoTime() + Duration.ofMillis(random.nextInt(1000)).toNanos();
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - end >= 0);
    }

    private static void check(Path data, CommandHistory history) throws Exception {
        try (Connection database = LogDatabase.connect(data)) {
            List<LoggedEvent> log = LoggedEvent.readAll(database);
            System.out.printf(
                    "kill -9: %d commands acknowledged, %d tries without answer, %d events%n",
                    history.count(Outcome.OK), history.count(Outcome.UNKNOWN), log.size());
            assertThat(history.count(Outcome.UNKNOWN)).as("tries cut off by kills").isPositive();
            assertThat(LogRules.violations(log)).isEmpty();
            assertThat(history.contradictions(log)).isEmpty();
            await("read models follow")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ReadModels.reached(database, log));
            assertThat(ReadModels.differences(log, database)).isEmpty();
        }
    }
}

package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Everybody punches in at the same moment, the first time ever on a server that has just started,
 * and out and in again. How long until the last of them is through. No thresholds: it depends on
 * the machine.
 */
public final class MorningRush {
    private static final int COMPANIES = 10;
    private static final int MANAGERS = 5;
    private static final int WATCHING = 2;
    private static final int EMPLOYEES = 95;
    private static final int IN_FLIGHT = 50;

    private MorningRush() {}

    /**
     * @param args how often, default 4
     */
    public static void main(String[] args) throws Exception {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 4;
        Path data = DataDirectories.create();
        try (var server = AttendanceServer.start(data, List.of(AttendanceServer.secret()));
                var crowd = new Crowd(COMPANIES, MANAGERS, WATCHING, EMPLOYEES)) {
            crowd.arrive(server, IN_FLIGHT, new Samples());
            for (int round = 1; round <= rounds; round++) {
                var timings = new BusyCompany.Timings();
                crowd.rush(timings, Duration.ofSeconds(60));
                Samples.Quantiles confirmed = timings.confirmed.quantiles();
                Samples.Quantiles managers = timings.lastManager.quantiles();
                System.out.printf(
                        "round %d: %d confirmed, p50 %.0f, p99 %.0f, last %.0f ms; last manager"
                                + " p50 %.0f, last %.0f ms; refused so far %d%n",
                        round,
                        confirmed.count(),
                        confirmed.millis(0.5),
                        confirmed.millis(0.99),
                        confirmed.millis(1),
                        managers.millis(0.5),
                        managers.millis(1),
                        crowd.faults().refused.get());
            }
        } finally {
            DataDirectories.discard(data);
        }
    }
}

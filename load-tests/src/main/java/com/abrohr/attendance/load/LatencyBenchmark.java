package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.RawSocket;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How long a punch takes to be confirmed to its sender, after it is durable, and to reach a
 * manager's socket, on a server that has little else to do. Thresholds are ratios to {@link
 * Reference}, so that they hold on a slow machine too. Ends with 1 when one is crossed.
 */
public final class LatencyBenchmark {
    /** A punch is one round trip and one durable append; the rest is what the product adds. */
    private static final double CONFIRMED_P50 = 4;

    private static final double CONFIRMED_P99 = 6;

    /** On top of that: the live feed, and the way to the manager. */
    private static final double NOTIFIED_P50 = 6;

    private static final double NOTIFIED_P99 = 8;

    private static final int PEOPLE = 200;
    private static final Duration REFERENCE = Duration.ofSeconds(8);
    private static final String ROW = "%-34s %8d %8.2f %8.2f %8.2f%n";

    private final List<String> crossed = new ArrayList<>();

    private LatencyBenchmark() {}

    /**
     * @param args seconds of warm-up and of each measurement, default 20 and 20
     */
    public static void main(String[] args) throws Exception {
        int warmUp = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        System.exit(
                new LatencyBenchmark().run(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds))
                        ? 0
                        : 1);
    }

    private boolean run(Duration warmUp, Duration duration) throws Exception {
        Path data = DataDirectories.create();
        try (var server = AttendanceServer.start(data, List.of(AttendanceServer.secret()));
                var workforce = new Workforce(server, "bench", PEOPLE);
                var bystander =
                        RawSocket.connect(
                                server.uri(""), server.tokens().employee("elsewhere", "e1"))) {
            workforce.punch(100, warmUp, new Samples(), new Samples());
            new Reference().measure(bystander, data, 100, warmUp.dividedBy(4));
            System.out.printf("%-34s %8s %8s %8s %8s%n", "milliseconds", "n", "p50", "p95", "p99");
            for (int rate : List.of(25, 100)) {
                var reference = new Reference();
                reference.measure(bystander, data, rate, REFERENCE);
                var confirmed = new Samples();
                var notified = new Samples();
                workforce.punch(rate, duration, confirmed, notified);
                report(rate, reference, confirmed, notified);
            }
        } finally {
            DataDirectories.discard(data);
        }
        crossed.forEach(System.out::println);
        System.out.println(crossed.isEmpty() ? "all thresholds kept" : "thresholds crossed");
        return crossed.isEmpty();
    }

    private void report(int rate, Reference reference, Samples confirmed, Samples notified) {
        int n = (int) (REFERENCE.toSeconds() * rate);
        print("socket round trip, " + rate + "/s", n, reference.roundTrips());
        print("durable insert, " + rate + "/s", n, reference.inserts());
        print("punch -> confirmed, " + rate + "/s", confirmed.count(), confirmed.quantiles());
        print("punch -> manager's socket, " + rate + "/s", notified.count(), notified.quantiles());
        check("confirmed p50", rate, confirmed, reference, 0.5, CONFIRMED_P50);
        check("confirmed p99", rate, confirmed, reference, 0.99, CONFIRMED_P99);
        check("manager p50", rate, notified, reference, 0.5, NOTIFIED_P50);
        check("manager p99", rate, notified, reference, 0.99, NOTIFIED_P99);
    }

    private static void print(String what, int count, Samples.Quantiles quantiles) {
        System.out.printf(
                ROW,
                what,
                count,
                quantiles.millis(0.5),
                quantiles.millis(0.95),
                quantiles.millis(0.99));
    }

    private void check(
            String what,
            int rate,
            Samples samples,
            Reference reference,
            double share,
            double threshold) {
        double ratio = samples.quantiles().millis(share) / reference.millis(share);
        String line =
                "%s at %d/s: %.2f times round trip + insert, at most %.1f"
                        .formatted(what, rate, ratio, threshold);
        System.out.println(line);
        if (ratio > threshold) {
            crossed.add("CROSSED " + line);
        }
    }
}

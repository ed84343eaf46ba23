package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What people at work notice of clients that want to fill the server's memory: how long a punch
 * takes during each attack, as a ratio to the same without one. Ends with 1 when one is crossed.
 */
public final class AttackBenchmark {

    private static final double MOST = 2;
    private static final int PEOPLE = 200;
    private static final int PER_SECOND = 50;
    private static final Duration ATTACKED = Duration.ofSeconds(20);

    private AttackBenchmark() {}

    /**
     * @param args seconds of warm-up, default 30; what attacks, by default all
     */
    public static void main(String[] args) throws Exception {
        int warmUp = args.length > 0 ? Integer.parseInt(args[0]) : 30;
        List<Attacker.Kind> kinds =
                args.length > 1
                        ? Stream.of(args).skip(1).map(Attacker.Kind::valueOf).toList()
                        : List.of(Attacker.Kind.values());
        System.exit(run(Duration.ofSeconds(warmUp), kinds) ? 0 : 1);
    }

    private static boolean run(Duration warmUp, List<Attacker.Kind> kinds) throws Exception {
        List<String> crossed = new ArrayList<>();
        Path data = DataDirectories.create();
        try (var server = AttendanceServer.start(data, List.of(AttendanceServer.secret()));
                var workforce = new Workforce(server, "bench", PEOPLE)) {
            workforce.punch(PER_SECOND, warmUp, new Samples(), new Samples());
            System.out.printf(
                    "%-24s %8s %8s %8s %8s%n", "milliseconds", "n", "p50", "p99", "ratio");
            String token = server.tokens().employee("bench", "greedy");
            for (Attacker.Kind kind : kinds) {
                double calm = p99(workforce, "calm", 0);
                double attacked;
                try (var attacker = Attacker.start(kind, server.uri("/"), token)) {
                    attacked = p99(workforce, kind.toString(), calm);
                }
                if (attacked > MOST * calm) {
                    crossed.add("CROSSED p99 during " + kind);
                }
                Thread.sleep(Duration.ofSeconds(10));
            }
        } finally {
            DataDirectories.discard(data);
        }
        crossed.forEach(System.out::println);
        System.out.println(crossed.isEmpty() ? "all thresholds kept" : "thresholds crossed");
        return crossed.isEmpty();
    }

    private static double p99(Workforce workforce, String what, double calm) throws Exception {
        var confirmed = new Samples();
        try {
            workforce.punch(PER_SECOND, ATTACKED, confirmed, new Samples());
        } catch (IllegalStateException e) {
            // Somebody's turn came before their last punch was answered.
            System.out.printf("%-24s %8d  %s%n", what, confirmed.count(), e.getMessage());
            return Double.POSITIVE_INFINITY;
        }
        Samples.Quantiles quantiles = confirmed.quantiles();
        double p99 = quantiles.millis(0.99);
        System.out.printf(
                "%-24s %8d %8.2f %8.2f %8.2f%n",
                what, confirmed.count(), quantiles.millis(0.5), p99, calm == 0 ? 1 : p99 / calm);
        return p99;
    }
}

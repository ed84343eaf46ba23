package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.RawSocket;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What it costs that a company's log is its live feed: how long after its sender a manager hears of
 * a punch, what PostgreSQL does for one, how many can be confirmed, and how fast the feed is read
 * over REST. Thresholds of time are ratios to something measured in the same run. Ends with 1 when
 * one is crossed.
 */
public final class LiveFeedBenchmark {

    /** Of one round trip on a socket, in the median. */
    private static final double HEARD_AFTER_SENDER = 0.5;

    private static final double TRANSACTIONS_A_PUNCH = 3;
    private static final double BYTES_A_PUNCH = 1_500;

    /** Of what one connection can insert, a row a transaction. */
    private static final double CONFIRMED = 2;

    /** Of the answers that say only that the process lives. */
    private static final double PAGES = 0.125;

    private static final int PEOPLE = 500;
    private static final int RATE = 500;
    private static final int UNTIRING = 64;
    private static final int READERS = 16;
    private static final int PAGE = 50;
    private static final Duration REFERENCE = Duration.ofSeconds(8);

    /** Read models follow after some milliseconds, statistics after a second. */
    private static final long SETTLE_MILLIS = 2_000;

    private final List<String> crossed = new ArrayList<>();

    private LiveFeedBenchmark() {}

    /**
     * @param args seconds of warm-up and of each measurement, default 20 and 20
     */
    public static void main(String[] args) throws Exception {
        int warmUp = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 20;
        System.exit(
                new LiveFeedBenchmark().run(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds))
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
            // A server that has just started is slower than the people punch.
            workforce.punch(RATE / 5, warmUp.dividedBy(2), new Samples(), new Samples());
            workforce.punch(RATE, warmUp, new Samples(), new Samples());
            var reference = new Reference();
            reference.measure(bystander, data, 100, REFERENCE);
            heardAfterSender(workforce, data, duration, reference);
            double confirmed = untiring(workforce, warmUp.dividedBy(2), duration);
            atLeast(
                    "confirmed punches a second, " + UNTIRING + " people",
                    confirmed,
                    CONFIRMED,
                    "durable inserts a second",
                    1_000 / reference.inserts().millis(0.5));
            pages(server, Costs.of(data).punches(), duration);
        } finally {
            DataDirectories.discard(data);
        }
        crossed.forEach(System.out::println);
        System.out.println(crossed.isEmpty() ? "all thresholds kept" : "thresholds crossed");
        return crossed.isEmpty();
    }

    private void heardAfterSender(
            Workforce workforce, Path data, Duration duration, Reference reference)
            throws Exception {
        Costs before = Costs.of(data);
        var confirmed = new Samples();
        var notified = new Samples();
        workforce.punch(RATE, duration, confirmed, notified);
        Thread.sleep(SETTLE_MILLIS);
        Costs after = Costs.of(data);
        long punches = after.punches() - before.punches();
        print("punch -> confirmed, ms at " + RATE + "/s", confirmed.quantiles());
        print("punch -> manager's socket", notified.quantiles());
        print("the manager after the sender", workforce.afterConfirmation().quantiles());
        atMost(
                "manager after sender, p50 ms",
                workforce.afterConfirmation().quantiles().millis(0.5),
                HEARD_AFTER_SENDER,
                "socket round trip",
                reference.roundTrips().millis(0.5));
        atMost(
                "PostgreSQL transactions a punch",
                (double) (after.transactions() - before.transactions()) / punches,
                TRANSACTIONS_A_PUNCH,
                "",
                1);
        atMost(
                "bytes in PostgreSQL a punch",
                (double) (after.bytes() - before.bytes()) / punches,
                BYTES_A_PUNCH,
                "",
                1);
    }

    private static double untiring(Workforce workforce, Duration warmUp, Duration duration) {
        workforce.punchUntiringly(UNTIRING, warmUp);
        return workforce.punchUntiringly(UNTIRING, duration);
    }

    private void pages(AttendanceServer server, long entries, Duration duration) throws Exception {
        var readers =
                new FeedReaders(server, server.tokens().manager("bench", "m1"), READERS, entries);
        readers.pages(PAGE, duration.dividedBy(2));
        double alive = readers.signsOfLife(duration.dividedBy(2));
        atLeast(
                "pages of %d of a feed of %d, a second".formatted(PAGE, entries),
                readers.pages(PAGE, duration),
                PAGES,
                "signs of life a second",
                alive);
    }

    /**
     * @param bytes of all tables with their indexes
     */
    private record Costs(long transactions, long bytes, long punches) {

        static Costs of(Path data) throws SQLException, IOException {
            try (Connection database = LogDatabase.connect(data);
                    Statement statement = database.createStatement();
                    ResultSet row =
                            statement.executeQuery(
                                    """
                                    select
                                        (select xact_commit + xact_rollback from pg_stat_database
                                         where datname = current_database()),
                                        (select sum(pg_total_relation_size(c.oid)) from pg_class c
                                         where c.relkind = 'r' and c.relnamespace
                                            = cast('public' as regnamespace)),
                                        (select count(*) from event_log
                                         where payload_type in ('PunchedIn', 'PunchedOut'))
                                    """)) {
                row.next();
                return new Costs(row.getLong(1), row.getLong(2), row.getLong(3));
            }
        }
    }

    private static void print(String what, Samples.Quantiles quantiles) {
        System.out.printf(
                Locale.ROOT,
                "%-44s p50 %8.2f  p99 %8.2f  n %d%n",
                what,
                quantiles.millis(0.5),
                quantiles.millis(0.99),
                quantiles.count());
    }

    private void atMost(String what, double measured, double times, String unit, double reference) {
        check(what, measured, "at most", times, unit, reference, measured <= times * reference);
    }

    private void atLeast(
            String what, double measured, double times, String unit, double reference) {
        check(what, measured, "at least", times, unit, reference, measured >= times * reference);
    }

    private void check(
            String what,
            double measured,
            String bound,
            double times,
            String unit,
            double reference,
            boolean kept) {
        String limit =
                unit.isEmpty()
                        ? "%s %.1f".formatted(bound, times)
                        : "%.2f times %.2f %s, %s %.2f times"
                                .formatted(measured / reference, reference, unit, bound, times);
        String line = String.format(Locale.ROOT, "%-44s %12.2f  (%s)", what, measured, limit);
        System.out.println(line);
        if (!kept) {
            crossed.add("CROSSED " + line);
        }
    }
}

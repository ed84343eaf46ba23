package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.LogDatabase;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Whether a server with the shipped heap serves more people with a longer past than it can keep in
 * memory: all of them punch in turn, first with no past, then on the same server started again
 * after each has punched many times. Ends with 1 when the second is much slower, or the server is
 * gone.
 */
public final class LongHistoriesBenchmark {

    /** Of the punches a second of the people who have no past. */
    private static final double THROUGHPUT = 0.8;

    private static final int COMPANIES = 20;
    private static final Duration RUSH_LIMIT = Duration.ofMinutes(10);
    private static final Duration READ_MODELS_LIMIT = Duration.ofHours(1);
    private static final Duration LATE_AFTER = Duration.ofSeconds(15);
    private static final Pattern LIVE = Pattern.compile("used (\\d+)K");

    /**
     * Each person's first session, {@code past} times over, as if punched again with new commands.
     */
    private static final String REPEAT_FIRST_SESSIONS =
            """
            with head as (
                select last_index from event_log_head
            ), companies as (
                select company_id, max(company_seq) as last from event_log group by company_id
            ), people as (
                select aggregate_id, max(sequence) as last from event_log group by aggregate_id
            ), repeated as (
                select e.*, n, gen_random_uuid() as command,
                    p.last + 2 * (n - 1) + 1 + e.sequence as place,
                    (p.last + 1) / 2 + n as session
                from event_log e
                join people p using (aggregate_id)
                cross join generate_series(1, %d) n
                where e.aggregate_type = 'TimeClock' and e.sequence < 2
            )
            insert into event_log (global_index, company_seq, sequence, recorded_at, event_id,
                command_step, aggregate_type, aggregate_id, company_id, employee_id, command_id,
                fingerprint, payload_type, payload_revision, payload, metadata)
            select head.last_index + row_number() over (order by r.n, r.aggregate_id, r.place),
                c.last + row_number() over
                    (partition by r.company_id order by r.n, r.aggregate_id, r.place),
                r.place, clock_timestamp(), gen_random_uuid(), r.command_step, r.aggregate_type,
                r.aggregate_id, r.company_id, r.employee_id, r.command, r.fingerprint,
                r.payload_type, r.payload_revision,
                convert_to(replace(convert_from(r.payload, 'UTF8'), '"ws-1-',
                    '"ws-' || r.session || '-'), 'UTF8'),
                convert_to(replace(convert_from(r.metadata, 'UTF8'), r.command_id,
                    r.command::text), 'UTF8')
            from repeated r join companies c using (company_id), head
            """;

    private static final String COPY_REGISTRATIONS =
            """
            insert into event_log (global_index, company_seq, sequence, recorded_at, event_id,
                command_step, aggregate_type, aggregate_id, company_id, employee_id, command_id,
                fingerprint, payload_type, payload_revision, payload, metadata)
            select head.last_index + row_number() over (order by n),
                e.company_seq + row_number() over (partition by e.company_id order by n),
                0, clock_timestamp(), gen_random_uuid(), 0, e.aggregate_type,
                'employee/' || e.company_id || '/e' || n, e.company_id, 'e' || n, e.command_id,
                e.fingerprint, e.payload_type, e.payload_revision,
                convert_to(replace(convert_from(e.payload, 'UTF8'),
                    '"' || e.employee_id || '"', '"e' || n || '"'), 'UTF8'),
                e.metadata
            from event_log e, generate_series(%d, %d) n, event_log_head head
            where e.employee_id = 'e' || n %% %d
            """;

    private final int people;
    private final int past;

    private final List<String> settings = new ArrayList<>();

    private LongHistoriesBenchmark(int people, int past, List<String> more) {
        this.people = people;
        this.past = past;
        settings.add(AttendanceServer.secret());
        settings.addAll(more);
    }

    /**
     * @param args how many people, and how often each has punched; default 20000 and 200; then
     *     settings of the server
     */
    public static void main(String[] args) throws Exception {
        int people = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        int past = args.length > 1 ? Integer.parseInt(args[1]) : 200;
        List<String> more = List.of(args).subList(Math.min(2, args.length), args.length);
        System.exit(new LongHistoriesBenchmark(people, past, more).run() ? 0 : 1);
    }

    private boolean run() throws Exception {
        Path data = DataDirectories.create();
        try {
            double fresh;
            try (var server = AttendanceServer.start(data, settings)) {
                register(server, data);
                fresh = measured(server, "no past");
                long start = System.nanoTime();
                insert(data, REPEAT_FIRST_SESSIONS.formatted(past / 2));
                System.out.printf(
                        Locale.ROOT, "log filled in %.0f s%n", (System.nanoTime() - start) / 1e9);
                awaitReadModels(server);
            }
            double experienced;
            try (var server = AttendanceServer.start(data, settings)) {
                experienced = measured(server, past + " punches each");
            }
            boolean kept = experienced >= THROUGHPUT * fresh;
            System.out.printf(
                    Locale.ROOT,
                    "%s: %.2f of the punches a second without a past, at least %.2f%n",
                    kept ? "kept" : "CROSSED",
                    experienced / fresh,
                    THROUGHPUT);
            return kept;
        } finally {
            DataDirectories.discard(data);
        }
    }

    /** One of each company as anybody is registered; the others are copies in the log. */
    private void register(AttendanceServer server, Path data)
            throws SQLException, IOException, InterruptedException {
        for (int company = 0; company < COMPANIES; company++) {
            int status =
                    server.api(server.tokens().of("c" + company, "hr", "hr"))
                            .post(
                                    "/api/v1/employees",
                                    Map.of("employeeId", "e" + company),
                                    "register-" + company)
                            .status();
            if (status != 201) {
                throw new IllegalStateException("nobody can be registered: " + status);
            }
        }
        insert(data, COPY_REGISTRATIONS.formatted(COMPANIES, people - 1, COMPANIES));
        awaitReadModels(server);
    }

    private static void awaitReadModels(AttendanceServer server) throws InterruptedException {
        long end = System.nanoTime() + READ_MODELS_LIMIT.toNanos();
        // an event that was just written is not late yet
        Thread.sleep(LATE_AFTER);
        while (!server.isReady()) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("the read models do not follow");
            }
            Thread.sleep(Duration.ofSeconds(1));
        }
    }

    /** The first two rounds read everybody once and let the compiler work. */
    private double measured(AttendanceServer server, String what) throws Exception {
        try (var terminals = new Terminals(server, COMPANIES, people)) {
            double first = terminals.everybodyPunches(RUSH_LIMIT);
            terminals.everybodyPunches(RUSH_LIMIT);
            Samples confirmed = new Samples();
            double third = terminals.everybodyPunches(RUSH_LIMIT, confirmed);
            double fourth = terminals.everybodyPunches(RUSH_LIMIT, confirmed);
            double perSecond = 2 / (1 / third + 1 / fourth);
            System.out.printf(
                    Locale.ROOT,
                    "%-18s punches/s %.0f (first round %.0f), confirmed after p50 %.1f p99 %.1f ms;"
                            + " heap after a full collection %.0f MB, resident at most %.0f MB%n",
                    what,
                    perSecond,
                    first,
                    confirmed.quantiles().millis(0.5),
                    confirmed.quantiles().millis(0.99),
                    liveHeap(server) / 1e6,
                    ProcessMemory.of(server.pid()).mostResident() / 1e6);
            return perSecond;
        }
    }

    /** Past the writer, under its lock and with its numbers. */
    private static void insert(Path data, String events) throws SQLException, IOException {
        try (Connection database = LogDatabase.connect(data);
                Statement statement = database.createStatement()) {
            database.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(7311142570156650343)");
            statement.execute(events);
            statement.execute(
                    """
                    update event_log_head set last_recorded_at = clock_timestamp(),
                        last_index = (select max(global_index) from event_log)
                    """);
            database.commit();
            database.setAutoCommit(true);
            statement.execute("analyze event_log");
        }
    }

    private static long liveHeap(AttendanceServer server) throws IOException, InterruptedException {
        jcmd(server, "GC.run");
        return LIVE.matcher(jcmd(server, "GC.heap_info"))
                .results()
                .limit(2)
                .mapToLong(used -> Long.parseLong(used.group(1)) * 1024)
                .sum();
    }

    private static String jcmd(AttendanceServer server, String command)
            throws IOException, InterruptedException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(server.pid()),
                                command)
                        .redirectErrorStream(true)
                        .start();
        String said = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException("jcmd " + command + ": " + said);
        }
        return said;
    }
}

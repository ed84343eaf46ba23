package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.RawSocket;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The figures of the guide, all in one run on one server: update latency, time to connect, 1,000
 * connections, 100 events a second, and the memory of the server. Ends with 1 when one is crossed.
 */
public final class GuideFiguresBenchmark {
    private static final int UPDATE_MILLIS = 500;
    private static final int CONNECTION_MILLIS = 2_000;
    private static final int CONNECTIONS = 1_000;
    private static final int EVENTS_PER_SECOND = 100;
    private static final int MEGABYTES = 500;

    private static final int COMPANIES = 10;
    private static final int MANAGERS = 5;
    private static final int WATCHING = 2;
    private static final int EMPLOYEES = CONNECTIONS / COMPANIES - MANAGERS;
    private static final int IN_FLIGHT = 100;
    private static final int VISITS_PER_SECOND = 5;
    private static final Duration READ_MODEL_LAG = Duration.ofSeconds(1);

    private final AttendanceServer server;
    private final RawSocket bystander;
    private final Crowd crowd = new Crowd(COMPANIES, MANAGERS, WATCHING, EMPLOYEES);
    private final Samples burst = new Samples();
    private final Samples visits = new Samples();
    private final Samples roundTrips = new Samples();
    private final Reference idle = new Reference();

    private GuideFiguresBenchmark(AttendanceServer server, RawSocket bystander) {
        this.server = server;
        this.bystander = bystander;
    }

    /**
     * @param args seconds of warm-up and of the measurement, default 20 and 60
     */
    public static void main(String[] args) throws Exception {
        int warmUp = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
        Path data = DataDirectories.create();
        boolean kept;
        try (var server = AttendanceServer.start(data, List.of(AttendanceServer.secret()));
                var bystander =
                        RawSocket.connect(
                                server.uri(""), server.tokens().employee("elsewhere", "e1"))) {
            kept =
                    new GuideFiguresBenchmark(server, bystander)
                            .run(Duration.ofSeconds(warmUp), Duration.ofSeconds(seconds));
        } finally {
            DataDirectories.discard(data);
        }
        System.out.println(kept ? "all figures kept" : "figures crossed");
        System.exit(kept ? 0 : 1);
    }

    private boolean run(Duration warmUp, Duration duration) throws Exception {
        double loadBefore = load();
        ProcessMemory started = ProcessMemory.of(server.pid());
        try (crowd) {
            crowd.arrive(server, IN_FLIGHT, burst);
            ProcessMemory connected = ProcessMemory.of(server.pid());
            idle.measure(
                    bystander, server.dataDirectory(), EVENTS_PER_SECOND, Duration.ofSeconds(4));
            crowd.live(EVENTS_PER_SECOND, warmUp, new BusyCompany.Timings());

            var timings = new BusyCompany.Timings();
            var over = new CompletableFuture<Void>();
            long begin = System.nanoTime();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                Future<?> visiting = threads.submit(() -> visit(over));
                crowd.live(EVENTS_PER_SECOND, duration, timings);
                over.complete(null);
                visiting.get();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double loadDuring = load();
            return report(timings, seconds, started, connected, loadBefore, loadDuring);
        }
    }

    /** Somebody comes and goes, and somebody asks for nothing, while the others are served. */
    private Void visit(CompletableFuture<Void> over) throws IOException {
        var pace = new Pace(VISITS_PER_SECOND);
        var random = new Random(1);
        for (int i = 0; !over.isDone(); i++) {
            pace.awaitNext();
            long start = System.nanoTime();
            Reference.echo(bystander, i);
            roundTrips.add(System.nanoTime() - start);
            String company = "c" + (1 + random.nextInt(COMPANIES));
            String employee = company + "-e" + random.nextInt(EMPLOYEES);
            String token = server.tokens().employee(company, employee);
            try (var visitor = new LeanSocket(server.uri(""), token, frame -> {})) {
                visits.add(visitor.connectNanos());
            }
        }
        return null;
    }

    private boolean report(
            BusyCompany.Timings timings,
            double seconds,
            ProcessMemory started,
            ProcessMemory connected,
            double loadBefore,
            double loadDuring)
            throws Exception {
        ProcessMemory memory = ProcessMemory.of(server.pid());
        ProcessMemory database = databaseMemory();
        int stillConnected = crowd.connected();
        Books log = Books.ofLog(server.dataDirectory(), crowd.companies());
        Books readModel = readModelInTime();

        System.out.printf(
                "%d companies of %d employees and %d managers (%d on the live dashboard); load"
                        + " average %.1f before, %.1f at the end, %d processors%n",
                COMPANIES,
                EMPLOYEES,
                MANAGERS,
                WATCHING,
                loadBefore,
                loadDuring,
                Runtime.getRuntime().availableProcessors());
        var table = new FigureTable();
        table.durations("connection, " + IN_FLIGHT + " in flight", burst, CONNECTION_MILLIS);
        table.durations("connection, while events are served", visits, CONNECTION_MILLIS);
        table.durations("punch -> confirmed", timings.confirmed, UPDATE_MILLIS);
        table.durations("punch -> last manager", timings.lastManager, UPDATE_MILLIS);
        table.durations("punch -> last live dashboard", timings.lastDashboard, UPDATE_MILLIS);
        table.durations("leave request -> last manager", timings.leaveToLastManager, UPDATE_MILLIS);
        table.durations("leave decision -> employee", timings.decisionToEmployee, UPDATE_MILLIS);
        table.durations("reference: socket round trip, idle", idle.roundTrips());
        table.durations("reference: durable insert, idle", idle.inserts());
        table.durations("reference: socket round trip, in between", roundTrips.quantiles());
        table.durations("the benchmark's own delay before sending", timings.sent.quantiles());
        table.atLeast("connections", CONNECTIONS, stillConnected);
        // A leave request and its decision are one event each.
        int events = timings.confirmed.count() + 2 * timings.decisionToEmployee.count();
        table.atLeast("events handled a second", EVENTS_PER_SECOND, events / seconds);
        table.megabytes("server, resident at the end", MEGABYTES, memory.resident());
        table.megabytes("server, most resident ever", MEGABYTES, memory.mostResident());
        table.megabytes("  after the start", started.resident());
        table.megabytes("  with all connected, before the first event", connected.resident());
        table.megabytes("embedded PostgreSQL, proportional", database.proportional());
        table.megabytes("embedded PostgreSQL, own pages only", database.own());
        table.megabytes(
                "server and PostgreSQL together, proportional",
                memory.proportional() + database.proportional());
        table.none("confirmed punches missing in the log", log.lost());
        table.none("punches twice in the log", log.doubled());
        table.none("confirmed punches missing in the read model", readModel.lost());
        table.none("punches twice in the read model", readModel.doubled());
        table.none("deliveries missing at a manager", crowd.missing());
        table.none("deliveries heard twice", crowd.faults().twice.get());
        table.none("deliveries to somebody else", crowd.faults().foreign.get());
        table.none("gaps on live dashboards", crowd.faults().gaps.get());
        table.none("refusals", crowd.faults().refused.get());
        table.none("stack traces in the server's log", server.log().stackTraces(0).size());
        return table.allKept();
    }

    /** The read models may be behind the last punch, but not for long. */
    private Books readModelInTime() throws Exception {
        long end = System.nanoTime() + READ_MODEL_LAG.toNanos();
        while (true) {
            Books books = Books.ofReadModel(server.dataDirectory(), crowd.companies());
            if (books.lost() == 0 || System.nanoTime() > end) {
                return books;
            }
        }
    }

    private ProcessMemory databaseMemory() throws IOException {
        Path pidFile = server.dataDirectory().resolve("postgres").resolve("postmaster.pid");
        return ProcessMemory.ofTree(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip()));
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }
}

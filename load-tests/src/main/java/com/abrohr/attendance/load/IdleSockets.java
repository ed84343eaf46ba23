package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What an idle connection costs the server: memory after a full collection with no, 1,000 and 5,000
 * employees of ten companies connected. The kernel's own buffers are not in these figures.
 */
public final class IdleSockets {
    private static final List<Integer> STEPS = List.of(0, 1_000, 5_000);
    private static final int COMPANIES = 10;
    private static final int IN_FLIGHT = 50;
    private static final Pattern USED = Pattern.compile("total \\d+K, used (\\d+)K");

    private final AttendanceServer server;
    private final List<LeanSocket> sockets = new ArrayList<>();

    private record Cost(long resident, long heap) {}

    private IdleSockets(AttendanceServer server) {
        this.server = server;
    }

    public static void main(String[] args) throws Exception {
        Path data = DataDirectories.create();
        try (var server = AttendanceServer.start(data, List.of(AttendanceServer.secret()))) {
            new IdleSockets(server).run();
        } finally {
            DataDirectories.discard(data);
        }
    }

    private void run() throws Exception {
        // Once before, so that what is loaded and compiled for the first connections counts
        // nothing.
        connect(STEPS.get(1));
        disconnect();
        System.out.printf(
                "%8s %14s %14s %22s %22s%n",
                "sockets", "resident MB", "heap MB", "resident each, bytes", "heap each, bytes");
        Cost none = null;
        for (int count : STEPS) {
            connect(count - sockets.size());
            Cost cost = cost();
            none = none == null ? cost : none;
            System.out.printf(
                    "%8d %14.1f %14.1f %22s %22s%n",
                    count,
                    cost.resident / 1e6,
                    cost.heap / 1e6,
                    each(cost.resident - none.resident, count),
                    each(cost.heap - none.heap, count));
        }
        disconnect();
    }

    private static String each(long bytes, int count) {
        return count == 0 ? "" : Long.toString(bytes / count);
    }

    private void connect(int count) throws InterruptedException, ExecutionException {
        var doors = new Semaphore(IN_FLIGHT);
        List<Future<LeanSocket>> opened = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = sockets.size() + i;
                doors.acquire();
                opened.add(
                        threads.submit(
                                () -> {
                                    try {
                                        return connected(number);
                                    } finally {
                                        doors.release();
                                    }
                                }));
            }
        }
        for (Future<LeanSocket> each : opened) {
            sockets.add(each.get());
        }
    }

    private LeanSocket connected(int number) throws IOException {
        String token = server.tokens().employee("c" + number % COMPANIES, "e" + number);
        return new LeanSocket(server.uri(""), token, frame -> {});
    }

    private void disconnect() {
        sockets.forEach(LeanSocket::close);
        sockets.clear();
    }

    private Cost cost() throws IOException, InterruptedException {
        // What the first collection finds to be cleaned up is free at the second.
        jcmd("GC.run");
        Thread.sleep(Duration.ofSeconds(1));
        jcmd("GC.run");
        jcmd("System.trim_native_heap");
        long heap =
                USED.matcher(jcmd("GC.heap_info"))
                        .results()
                        .map(MatchResult::group)
                        .mapToLong(each -> Long.parseLong(each.replaceAll(".*used (\\d+)K", "$1")))
                        .sum();
        return new Cost(ProcessMemory.of(server.pid()).resident(), heap * 1024);
    }

    private String jcmd(String command) throws IOException, InterruptedException {
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

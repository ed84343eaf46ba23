package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.AttendanceServer;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Programs that read a company's feed over REST, each on a connection of its own. */
final class FeedReaders {
    private final AttendanceServer server;
    private final String token;
    private final int readers;
    private final long entries;

    /**
     * @param entries that the feed has at least
     */
    FeedReaders(AttendanceServer server, String token, int readers, long entries) {
        this.server = server;
        this.token = token;
        this.readers = readers;
        this.entries = entries;
    }

    /** Pages a second, each at some place of the feed. */
    double pages(int size, Duration duration) throws InterruptedException {
        return perSecond(
                () ->
                        server.uri(
                                "/api/v1/feed?limit="
                                        + size
                                        + "&after="
                                        + ThreadLocalRandom.current().nextLong(entries - size)),
                duration);
    }

    /** Answers a second for which the server does next to nothing. */
    double signsOfLife(Duration duration) throws InterruptedException {
        return perSecond(() -> server.uri("/actuator/health/liveness"), duration);
    }

    private double perSecond(Supplier<URI> next, Duration duration) throws InterruptedException {
        long end = System.nanoTime() + duration.toNanos();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> reader = () -> read(next, end);
            List<Future<Integer>> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(threads.submit(reader));
            }
            int answers = 0;
            for (Future<Integer> each : reading) {
                answers += each.get();
            }
            return answers / (duration.toNanos() / 1e9);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private int read(Supplier<URI> next, long end) throws Exception {
        int answers = 0;
        try (var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            while (System.nanoTime() < end) {
                var request =
                        HttpRequest.newBuilder(next.get())
                                .header("Authorization", "Bearer " + token)
                                .build();
                HttpResponse<byte[]> answer =
                        http.send(request, HttpResponse.BodyHandlers.ofByteArray());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.toString());
                }
                answers++;
            }
        }
        return answers;
    }
}

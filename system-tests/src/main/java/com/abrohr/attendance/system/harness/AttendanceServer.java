package com.abrohr.attendance.system.harness;

import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One process of the product, started as its users start it: {@code java @app/attendance.options
 * -jar app/target/attendance.jar}, under the JDK that runs this code, with an embedded database.
 */
public final class AttendanceServer implements AutoCloseable {
    /** Long enough for HS256 and known to {@link Tokens}. */
    public static final String SECRET = "system-tests-0123456789-0123456789-abcdef";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(40);

    private final Process process;
    private final ServerLog log;
    private final int port;
    private final Path dataDirectory;

    private AttendanceServer(Process process, int port, Path dataDirectory) {
        this.process = process;
        this.port = port;
        this.dataDirectory = dataDirectory;
        this.log = new ServerLog(process.getInputStream());
    }

    /** A ready server outside demo mode on a new data directory. */
    public static AttendanceServer start() {
        return start(DataDirectories.create(), List.of(secret()));
    }

    /** A ready server; the process is gone and its output in the message when it does not come. */
    public static AttendanceServer start(Path dataDirectory, List<String> arguments) {
        AttendanceServer server = spawn(dataDirectory, arguments);
        try {
            server.awaitReady();
            return server;
        } catch (RuntimeException e) {
            server.kill();
            throw e;
        }
    }

    /** A process that nobody has waited for yet. */
    public static AttendanceServer spawn(Path dataDirectory, List<String> arguments) {
        return spawn(FreePorts.next(), dataDirectory, arguments);
    }

    /** The same on a port of the caller's choice. */
    public static AttendanceServer spawn(int port, Path dataDirectory, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@app/attendance.options");
        Path application = Project.application();
        command.add("-XX:AOTCache=" + application.resolve("attendance.aot"));
        command.add("-jar");
        command.add(application.resolve("attendance.jar").toString());
        command.add("--server.port=" + port);
        command.add("--attendance.data-dir=" + dataDirectory);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .directory(Project.root().toFile())
                        .redirectErrorStream(true);
        // Settings of whoever runs the tests must not reach the server.
        builder.environment()
                .keySet()
                .removeIf(
                        name ->
                                name.startsWith("ATTENDANCE_")
                                        || name.startsWith("SPRING_")
                                        || name.equals("JAVA_TOOL_OPTIONS"));
        try {
            return new AttendanceServer(builder.start(), port, dataDirectory);
        } catch (IOException e) {
            throw new IllegalStateException("cannot start " + command, e);
        }
    }

    public static String secret() {
        return "--attendance.security.jwt.secret=" + SECRET;
    }

    public void awaitReady() {
        try {
            Awaitility.await("readiness")
                    .atMost(START_LIMIT)
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> !process.isAlive() || isReady());
        } catch (ConditionTimeoutException e) {
            throw new IllegalStateException(
                    "not ready in " + START_LIMIT + "\n" + log.tail(200), e);
        }
        if (!process.isAlive()) {
            int code = awaitExit();
            throw new IllegalStateException("ended with " + code + "\n" + log.tail(200));
        }
    }

    public boolean isReady() {
        var request =
                HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                        .timeout(Duration.ofSeconds(10))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public URI uri(String pathAndQuery) {
        return URI.create("http://127.0.0.1:" + port + pathAndQuery);
    }

    public int port() {
        return port;
    }

    public Path dataDirectory() {
        return dataDirectory;
    }

    public ServerLog log() {
        return log;
    }

    public Tokens tokens() {
        return new Tokens(SECRET);
    }

    public Api api(String token) {
        return new Api(uri(""), token);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** The exit code; the process is ended by force when it does not end by itself. */
    public int awaitExit() {
        try {
            if (!process.waitFor(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException(
                        "did not end in " + STOP_LIMIT + "\n" + log.tail(80));
            }
            log.awaitEnd();
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As an operator stops it: SIGTERM, then waits for the end. */
    public void stop() {
        process.destroy();
        awaitExit();
    }

    /** As kill -9 or a power cut of the process: nothing is closed, the database stays behind. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
            log.awaitEnd();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Stops the process if it runs; the data stays. */
    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }
}

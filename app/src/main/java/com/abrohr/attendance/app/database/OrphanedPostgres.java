package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import io.zonky.test.db.postgres.util.LinuxUtils;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The embedded PostgreSQL that a killed application has left running. The holder of the data
 * directory's lock may stop it: its clients are gone, and a fast shutdown keeps its data.
 */
final class OrphanedPostgres {
    private static final Logger log = LoggerFactory.getLogger(OrphanedPostgres.class);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(30);

    private final Path binaries;
    private final Path data;

    OrphanedPostgres(Path binaries, Path data) {
        this.binaries = binaries;
        this.data = data;
    }

    /**
     * @throws StartRefused when one is running that does not stop, or whose owner is running
     *     because the owner's lock file was deleted
     */
    void stop() {
        Optional<ProcessHandle> running = postmaster();
        if (running.isEmpty()) {
            return;
        }
        ProcessHandle postmaster = running.get();
        PostgresOwner.of(data)
                .filter(PostgresOwner::isAnotherRunningProcess)
                .ifPresent(
                        owner -> {
                            throw DataDirectory.inUse(data, "pid " + owner.pid());
                        });
        log.info(
                "Stopping the PostgreSQL that an earlier process left behind (pid {})",
                postmaster.pid());
        try {
            fastShutdown();
        } catch (IOException e) {
            // No binaries to ask it with: SIGTERM lets it end once its clients, which are gone, are
            // seen as gone.
            postmaster.destroy();
        }
        await(postmaster);
    }

    /** The server that runs on this data, if one does. */
    Optional<ProcessHandle> postmaster() {
        return pid().flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive).filter(this::isOurs);
    }

    // After a reboot the pid in postmaster.pid may be that of another program.
    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .command()
                .map(Path::of)
                .filter(command -> command.getFileName().toString().startsWith("postgres"))
                .isPresent();
    }

    private Optional<Long> pid() {
        try (var lines = Files.lines(data.resolve("postmaster.pid"))) {
            return lines.findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private void fastShutdown() throws IOException {
        List<String> command = new ArrayList<>();
        if (LinuxUtils.isUnshareAvailable()) {
            // PostgreSQL refuses to run as root; the embedded server was started like this, too.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(
                List.of(
                        pgCtl().toString(),
                        "stop",
                        "-D",
                        data.toString(),
                        "-m",
                        "fast",
                        "-w",
                        "-t",
                        String.valueOf(STOP_TIMEOUT.toSeconds())));
        Process stop =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        await(stop.toHandle());
    }

    private Path pgCtl() throws IOException {
        try (var found = Files.find(binaries, 3, (file, a) -> isPgCtl(file))) {
            return found.findFirst().orElseThrow(() -> new IOException("no pg_ctl"));
        }
    }

    private static boolean isPgCtl(Path file) {
        String name = file.getFileName().toString();
        return name.equals("pg_ctl") || name.equals("pg_ctl.exe");
    }

    private void await(ProcessHandle process) {
        CompletableFuture<ProcessHandle> exit = process.onExit();
        try {
            exit.get(STOP_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            throw new StartRefused(
                    "A PostgreSQL of an earlier process (pid "
                            + process.pid()
                            + ") still runs on "
                            + data
                            + " and does not stop",
                    "Stop that process and start again.",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while PostgreSQL stops", e);
        }
    }
}

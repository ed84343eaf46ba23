package com.abrohr.attendance.app.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The process that started an embedded PostgreSQL, as the server's own settings name it: unlike a
 * lock file they cannot get lost while it runs.
 *
 * @param started distinguishes the process from a later one with the same pid
 */
record PostgresOwner(long pid, Instant started) {
    /** The server's setting that holds the owner. */
    static final String SETTING = "cluster_name";

    // The start of a process is counted from that of the system, which moves when the clock is set.
    private static final Duration CLOCK_TOLERANCE = Duration.ofSeconds(10);
    private static final Pattern WRITTEN = Pattern.compile("cluster_name=attendance-(\\d+)-(\\d+)");

    static PostgresOwner current() {
        return of(ProcessHandle.current());
    }

    /** Who started the server that runs, or last ran, on this data. */
    static Optional<PostgresOwner> of(Path data) {
        try {
            Matcher written = WRITTEN.matcher(Files.readString(data.resolve("postmaster.opts")));
            return written.find()
                    ? Optional.of(
                            new PostgresOwner(
                                    Long.parseLong(written.group(1)),
                                    Instant.ofEpochSecond(Long.parseLong(written.group(2)))))
                    : Optional.empty();
        } catch (IOException | NumberFormatException none) {
            return Optional.empty();
        }
    }

    private static PostgresOwner of(ProcessHandle process) {
        return new PostgresOwner(
                process.pid(), process.info().startInstant().orElse(Instant.EPOCH));
    }

    String setting() {
        return "attendance-" + pid + "-" + started.getEpochSecond();
    }

    boolean isAnotherRunningProcess() {
        return pid != ProcessHandle.current().pid()
                && ProcessHandle.of(pid)
                        .filter(ProcessHandle::isAlive)
                        .map(PostgresOwner::of)
                        .filter(this::isSameAs)
                        .isPresent();
    }

    private boolean isSameAs(PostgresOwner other) {
        return Duration.between(started, other.started).abs().compareTo(CLOCK_TOLERANCE) < 0;
    }
}

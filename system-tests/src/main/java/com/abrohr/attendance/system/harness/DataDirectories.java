package com.abrohr.attendance.system.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Temporary data directories, with an eye on the database process that a killed server leaves. */
public final class DataDirectories {
    private static final String PREFIX = "attendance-data-";

    private DataDirectories() {}

    public static Path create() {
        try {
            return Files.createTempDirectory(PREFIX);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the directory's database process, if one is left, and deletes the directory. */
    public static void discard(Path directory) {
        if (!directory.getFileName().toString().startsWith(PREFIX)) {
            return;
        }
        try {
            endDatabase(directory);
            try (Stream<Path> all = Files.walk(directory)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(each);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println(directory + " could not be deleted: " + e);
        }
    }

    private static void endDatabase(Path directory) throws IOException {
        Path pidFile = pidFile(directory);
        if (!Files.exists(pidFile)) {
            return;
        }
        long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().strip());
        ProcessHandle.of(pid)
                .ifPresent(
                        postmaster -> {
                            postmaster.destroy();
                            try {
                                postmaster.onExit().orTimeout(10, TimeUnit.SECONDS).join();
                            } catch (CompletionException stillRunning) {
                                postmaster.destroyForcibly();
                            }
                        });
    }

    /** Where PostgreSQL says which process it is and on which port it listens. */
    static Path pidFile(Path directory) {
        return directory.resolve("postgres").resolve("postmaster.pid");
    }

    /** The port of the database that runs on the directory. */
    static int databasePort(Path directory) throws IOException {
        List<String> lines = Files.readAllLines(pidFile(directory));
        return Integer.parseInt(lines.get(3).strip());
    }
}

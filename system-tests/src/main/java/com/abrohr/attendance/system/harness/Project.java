package com.abrohr.attendance.system.harness;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where things stand in the source tree. */
public final class Project {
    private Project() {}

    /** The folder of the parent pom, looked for upwards from the working directory. */
    public static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder.resolve(".mvn"))) {
            folder = folder.getParent();
        }
        if (folder == null) {
            throw new IllegalStateException("not started inside the source tree");
        }
        return folder;
    }

    public static Path systemTests() {
        return root().resolve("system-tests");
    }

    /**
     * @throws IllegalStateException when the application is not built yet
     */
    public static Path jar() {
        return built("app/target/attendance.jar");
    }

    /**
     * The folder of the extracted application and its AOT cache.
     *
     * @throws IllegalStateException when the application is not built yet
     */
    public static Path application() {
        built("app/target/attendance/attendance.aot");
        return root().resolve("app/target/attendance");
    }

    private static Path built(String file) {
        Path path = root().resolve(file);
        if (!Files.isRegularFile(path)) {
            throw new IllegalStateException(path + " is missing: build the app module first");
        }
        return path;
    }
}

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
        Path jar = root().resolve("app/target/attendance.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(jar + " is missing: build the app module first");
        }
        return jar;
    }
}

package com.abrohr.attendance.system.deployment;

import com.abrohr.attendance.system.harness.Project;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder that the Dockerfile would make its image of, made by following the Dockerfile: its
 * extraction, its COPY lines, its training, its entry point, its user.
 */
public final class Image implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path root;
    private final List<String> dockerfile;
    private final List<String> asUser;

    private Image(Path root, List<String> dockerfile) {
        this.root = root;
        this.dockerfile = dockerfile;
        this.asUser = asUser();
    }

    public static Image build() {
        try {
            Path root = Files.createTempDirectory("attendance-image-");
            List<String> dockerfile =
                    Files.readString(Project.root().resolve("Dockerfile"))
                            .replace("\\\n", " ")
                            .lines()
                            .map(String::strip)
                            .toList();
            Image image = new Image(root, dockerfile);
            image.extract();
            image.copy();
            return image;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Makes the AOT cache, as the Dockerfile's stage of that name does with a database of its own.
     */
    public void train(ExternalPostgres postgres) {
        try (Connection superuser = postgres.superuser("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("create database training");
            Path folder = folder();
            run(
                    List.of(
                            java(),
                            Project.root().resolve("app/src/training/AotTraining.java").toString(),
                            folder.toString(),
                            folder.resolve("attendance.options").toString(),
                            "4",
                            "--attendance.database.url=jdbc:postgresql://127.0.0.1:"
                                    + postgres.port()
                                    + "/training",
                            "--attendance.database.username=postgres",
                            "--attendance.database.password="
                                    + ExternalPostgres.SUPERUSER_PASSWORD),
                    root);
            statement.execute("drop database training with (force)");
            // Those whom the migration makes in a cluster belong to its first login.
            statement.execute("drop role attendance_stream, attendance_reader");
            closeToWriting();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What the image's WORKDIR holds. */
    public Path folder() {
        return root.resolve("image");
    }

    /** The layers that the extraction gave, copied or not. */
    public Path layers() {
        return root.resolve("build/extracted");
    }

    /** The command of a container: the entry point, as the image's user where this one may. */
    public List<String> command() {
        List<String> command = new ArrayList<>(asUser);
        command.addAll(list(instruction("ENTRYPOINT")));
        command.replaceAll(word -> word.equals("java") ? java() : word);
        return command;
    }

    /** The command of the HEALTHCHECK. */
    public List<String> healthcheck() {
        String instruction = instruction("HEALTHCHECK");
        List<String> command =
                new ArrayList<>(list(instruction.substring(instruction.indexOf("CMD ") + 4)));
        command.replaceAll(word -> word.replace("/attendance/", folder() + "/"));
        return command;
    }

    public String instruction(String name) {
        return dockerfile.stream()
                .filter(line -> line.startsWith(name + " "))
                .reduce((first, last) -> last)
                .map(line -> line.substring(name.length() + 1).strip())
                .orElseThrow(() -> new IllegalStateException("the Dockerfile has no " + name));
    }

    private void extract() throws IOException {
        Path build = Files.createDirectories(root.resolve("build"));
        Files.copy(Project.jar(), build.resolve("attendance.jar"));
        List<String> command =
                new ArrayList<>(Arrays.asList(instruction("RUN java -Djarmode=tools").split(" +")));
        command.addAll(0, List.of(java(), "-Djarmode=tools"));
        run(command, build);
    }

    private void copy() throws IOException {
        Path folder = Files.createDirectories(folder());
        boolean last = false;
        for (String line : dockerfile) {
            if (line.startsWith("FROM ")) {
                last = !line.contains(" AS ");
            }
            if (!last || !line.startsWith("COPY ")) {
                continue;
            }
            Matcher layer =
                    Pattern.compile("COPY --from=layers /layers/extracted/([\\w-]+)/ ./")
                            .matcher(line);
            if (line.startsWith("COPY --from=training ")) {
                continue;
            }
            if (layer.matches()) {
                copyTree(layers().resolve(layer.group(1)), folder);
            } else {
                List<String> words = List.of(line.split(" +"));
                for (String file : words.subList(1, words.size() - 1)) {
                    Path from = Project.root().resolve(file);
                    Files.copy(from, folder.resolve(from.getFileName()));
                }
            }
        }
    }

    private static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Path target = to.resolve(from.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
    }

    private void closeToWriting() throws IOException {
        Files.setPosixFilePermissions(root, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (Stream<Path> all = Files.walk(folder())) {
            for (Path each : all.toList()) {
                Files.setPosixFilePermissions(
                        each,
                        PosixFilePermissions.fromString(
                                Files.isDirectory(each) ? "r-xr-xr-x" : "r--r--r--"));
            }
        }
    }

    /** Only root can become another user; anybody else is somebody without rights already. */
    private List<String> asUser() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        String[] ids = instruction("USER").split(":", 2);
        return List.of(
                "setpriv",
                "--reuid=" + ids[0],
                "--regid=" + ids[1],
                "--clear-groups",
                "--no-new-privs",
                "--bounding-set=-all");
    }

    private static List<String> list(String json) {
        List<String> words = new ArrayList<>();
        JSON.readTree(json).forEach(each -> words.add(each.asString()));
        return words;
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    private static void run(List<String> command, Path folder) throws IOException {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        String output = new String(process.getInputStream().readAllBytes());
        try {
            if (process.waitFor() != 0) {
                throw new IllegalStateException(command + ": " + output);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try (Stream<Path> all = Files.walk(root)) {
            for (Path each : all.filter(Files::isDirectory).toList()) {
                Files.setPosixFilePermissions(each, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
            try (Stream<Path> again = Files.walk(root)) {
                for (Path each : again.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        } catch (IOException e) {
            System.err.println(root + " could not be deleted: " + e);
        }
    }
}

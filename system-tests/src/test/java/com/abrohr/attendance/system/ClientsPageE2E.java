package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Project;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the examples of docs/clients.md as they stand there. */
@ExtendWith(RunningSystem.class)
class ClientsPageE2E {
    private static final Pattern SECTION = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern EXAMPLE =
            Pattern.compile("(?ms)^```(js|java|python|bash)\n(.*?)^```$");

    private final Companies companies;
    private final Companies.Company company;

    ClientsPageE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("page");
    }

    /** A piece of the page that can be run. */
    record Example(String section, String language, String code) {
        boolean punches() {
            return !section.equals("Coming back") && !section.equals("A new token");
        }

        /** Whether it is over when it has said what it has to say. */
        boolean ends() {
            // The client for Java keeps its pool of threads for a minute.
            return !section.equals("Coming back") && !language.equals("java");
        }

        String says() {
            return switch (section) {
                case "Coming back" -> "resumed: false";
                case "A new token" -> "ok: true until 20";
                default -> "ws-1-e1";
            };
        }

        @Override
        public String toString() {
            return section;
        }
    }

    static Stream<Example> examples() throws IOException {
        String page = Files.readString(Project.root().resolve("docs/clients.md"));
        List<Example> examples = new ArrayList<>();
        String section = "";
        int from = 0;
        Matcher heading = SECTION.matcher(page);
        while (from < page.length()) {
            boolean more = heading.find();
            int to = more ? heading.start() : page.length();
            Matcher example = EXAMPLE.matcher(page).region(from, to);
            while (example.find()) {
                examples.add(new Example(section, example.group(1), example.group(2)));
            }
            section = more ? heading.group(1) : section;
            from = more ? heading.end() : page.length();
        }
        return examples.stream();
    }

    @Test
    void the_page_shows_every_language_in_few_lines() throws IOException {
        List<Example> examples = examples().toList();

        assertThat(examples).extracting(Example::language).contains("js", "java", "python", "bash");
        assertThat(examples)
                .allSatisfy(
                        example ->
                                assertThat(example.code().lines())
                                        .as(example.section())
                                        .filteredOn(
                                                line ->
                                                        !line.isBlank()
                                                                && !line.startsWith("import "))
                                        .hasSizeLessThanOrEqualTo(10));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void an_example_does_what_it_is_there_for(Example example) throws Exception {
        if (example.language().equals("python")) {
            ClientsE2E.assumePython();
        }
        if (example.language().equals("bash")) {
            ClientsE2E.assumeOnPath("curl");
        }
        SocketIoClient manager = company.manager("m1");
        Path output = Files.createTempFile("example", ".txt");
        Process process = start(example, output);
        try {
            await(example.section())
                    .atMost(Duration.ofSeconds(40))
                    .until(() -> says(output, example.says()) || !process.isAlive());

            assertThat(Files.readString(output)).contains(example.says());
            if (example.punches()) {
                manager.await("attendance_punch_in");
            }
            if (example.ends()) {
                assertThat(process.waitFor(20, TimeUnit.SECONDS)).as("ends").isTrue();
                assertThat(process.exitValue()).as(Files.readString(output)).isZero();
            }
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(output);
        }
    }

    private Process start(Example example, Path output) throws IOException {
        // Inside the project, so that Node finds the packages.
        Path folder = Files.createDirectories(Project.systemTests().resolve("target/clients-page"));
        List<String> command =
                switch (example.language()) {
                    case "js" -> List.of("node", file(folder, "example.mjs", example.code()));
                    case "python" ->
                            List.of("/usr/bin/python3", file(folder, "example.py", example.code()));
                    case "java" ->
                            List.of(
                                    Path.of(System.getProperty("java.home"), "bin", "java")
                                            .toString(),
                                    "-cp",
                                    classPath(),
                                    file(folder, "Example.java", javaProgram(example.code())));
                    default -> List.of("bash", "-eu", file(folder, "example.sh", example.code()));
                };
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile());
        builder.environment().put("ATTENDANCE_URL", companies.server().uri("").toString());
        builder.environment().put("TOKEN", company.employeeToken("e1"));
        return builder.start();
    }

    private static String file(Path folder, String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    /** The statements of the page, in a program around them. */
    private static String javaProgram(String code) {
        String imports =
                code.lines()
                        .filter(line -> line.startsWith("import "))
                        .collect(Collectors.joining("\n"));
        String statements =
                code.lines()
                        .filter(line -> !line.startsWith("import "))
                        .collect(Collectors.joining("\n"));
        return imports + "\nvoid main() throws Exception {\n" + statements + "\n}\n";
    }

    private static String classPath() {
        return Stream.of(
                        io.socket.client.IO.class,
                        io.socket.engineio.client.Socket.class,
                        okhttp3.OkHttpClient.class,
                        okio.Okio.class,
                        org.json.JSONObject.class)
                .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
                .map(URL::getPath)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static boolean says(Path output, String text) throws IOException {
        return Files.readString(output).contains(text);
    }
}

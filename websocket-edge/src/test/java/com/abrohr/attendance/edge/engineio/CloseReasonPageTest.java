package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Close reasons are a public contract: the page and the code say the same. */
class CloseReasonPageTest {

    private static final Pattern IN_CODE =
            Pattern.compile(
                    "(?:new CloseReason|CloseReason\\.application)\\(\\s*(\\d+),\\s*\"([^\"]+)\"");
    private static final Pattern IN_TABLE = Pattern.compile("\\| (\\d{4}) \\| ([^|]+) \\|.*");

    @Test
    void everyReasonOfTheCodeStandsOnThePageAndNoOther() throws IOException {
        assertThat(onThePage()).isEqualTo(inTheCode()).hasSizeGreaterThan(15);
    }

    private static Map<Integer, String> inTheCode() throws IOException {
        Map<Integer, String> reasons = new TreeMap<>();
        try (Stream<Path> sources = Files.walk(Path.of("src/main/java"))) {
            for (Path source : sources.filter(file -> file.toString().endsWith(".java")).toList()) {
                Matcher found = IN_CODE.matcher(Files.readString(source));
                while (found.find()) {
                    assertThat(reasons.put(Integer.valueOf(found.group(1)), found.group(2)))
                            .as("given twice: " + found.group(1))
                            .isNull();
                }
            }
        }
        return reasons;
    }

    private static Map<Integer, String> onThePage() throws IOException {
        Map<Integer, String> reasons = new TreeMap<>();
        boolean table = false;
        for (String line : Files.readAllLines(Path.of("../docs/protocol.md"))) {
            if (line.startsWith("## ")) {
                table = line.equals("## Close reasons");
            }
            Matcher row = IN_TABLE.matcher(line);
            if (table && row.matches()) {
                assertThat(reasons.put(Integer.valueOf(row.group(1)), row.group(2)))
                        .as("listed twice: " + line)
                        .isNull();
            }
        }
        return reasons;
    }
}

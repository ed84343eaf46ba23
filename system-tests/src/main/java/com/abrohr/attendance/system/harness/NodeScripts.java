package com.abrohr.attendance.system.harness;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Scripts of {@code system-tests/node} that run once and end. */
public final class NodeScripts {
    private NodeScripts() {}

    /** The lines that the script prints. */
    public static List<String> run(String script, Path argument) {
        try {
            Process process =
                    new ProcessBuilder("node", "node/" + script, argument.toString())
                            .directory(Project.systemTests().toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
            String printed =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            if (code != 0) {
                throw new IllegalStateException(script + " ended with " + code + ": " + printed);
            }
            return printed.lines().toList();
        } catch (IOException e) {
            throw new IllegalStateException("Node.js 20 or later must be on the PATH", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

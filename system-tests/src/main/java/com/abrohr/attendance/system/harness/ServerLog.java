package com.abrohr.attendance.system.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** All that a server process printed, line by line. */
public final class ServerLog {
    private final List<String> lines = new ArrayList<>();
    private final Thread reader;

    public ServerLog(InputStream output) {
        reader = Thread.ofVirtual().start(() -> read(output));
    }

    private void read(InputStream output) {
        try (var in = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                }
            }
        } catch (IOException closedByKill) {
            synchronized (lines) {
                lines.add("[output ended: " + closedByKill.getMessage() + "]");
            }
        }
    }

    /** How many lines there are, as a mark for {@link #since}. */
    public int size() {
        synchronized (lines) {
            return lines.size();
        }
    }

    public List<String> since(int mark) {
        synchronized (lines) {
            return List.copyOf(lines.subList(mark, lines.size()));
        }
    }

    /** The lines from a mark on that belong to a stack trace, with the one above each. */
    public List<String> stackTraces(int mark) {
        List<String> printed = since(mark);
        List<String> found = new ArrayList<>();
        for (int i = 0; i < printed.size(); i++) {
            if (isFrame(printed.get(i))) {
                if (i > 0 && !isFrame(printed.get(i - 1))) {
                    found.add(printed.get(i - 1));
                }
                found.add(printed.get(i));
            }
        }
        return found;
    }

    private static boolean isFrame(String line) {
        return line.startsWith("\tat ") || line.startsWith("Caused by: ");
    }

    public String tail(int count) {
        List<String> printed = since(0);
        return String.join(
                "\n", printed.subList(Math.max(0, printed.size() - count), printed.size()));
    }

    /** Waits until the process has closed its output. */
    void awaitEnd() throws InterruptedException {
        reader.join(5_000);
    }
}

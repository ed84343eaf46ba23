package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.Attack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * An attack by a process of its own, with the lowest priority: the work of attackers is done on
 * their machines, and must be no part of what is measured.
 */
final class Attacker implements AutoCloseable {

    enum Kind {
        UNFINISHED_MESSAGES,
        SLOW_BODIES,
        PARTIAL_HEADERS,
        UNREAD_ANSWERS
    }

    private static final String BATCH =
            "421[\"punch_batch\",{\"offline\":false,\"items\":["
                    + String.join(",", Collections.nCopies(100, "{}"))
                    + "]}]";

    private final Process process;

    private Attacker(Process process) {
        this.process = process;
    }

    static Attacker start(Kind kind, URI target, String token) throws IOException {
        return new Attacker(
                new ProcessBuilder(
                                List.of(
                                        "nice",
                                        "-n",
                                        "19",
                                        Path.of(System.getProperty("java.home"), "bin", "java")
                                                .toString(),
                                        "-Xmx256m",
                                        "--class-path",
                                        System.getProperty("java.class.path"),
                                        Attacker.class.getName(),
                                        kind.name(),
                                        target.toString(),
                                        token))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /**
     * Attacks until its input ends.
     *
     * @param args what kind, whom, and the token of the employee who does it
     */
    public static void main(String[] args) throws IOException {
        URI target = URI.create(args[1]);
        try (Attack attack =
                switch (Kind.valueOf(args[0])) {
                    case UNFINISHED_MESSAGES -> Attack.unfinishedMessages(target, 1_600);
                    case SLOW_BODIES -> Attack.slowPosts(target, 1_600);
                    case PARTIAL_HEADERS -> Attack.partialHeaders(target, 6_800);
                    case UNREAD_ANSWERS -> Attack.unreadAnswers(target, 450, args[2], BATCH, 28);
                }) {
            System.in.transferTo(System.out);
            System.out.println("connections that have done their part: " + attack.opened());
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        process.getOutputStream().close();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
    }
}

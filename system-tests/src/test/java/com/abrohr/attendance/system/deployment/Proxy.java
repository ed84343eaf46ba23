package com.abrohr.attendance.system.deployment;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.FreePorts;
import com.abrohr.attendance.system.harness.Project;
import com.abrohr.attendance.system.harness.ServerLog;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The proxy service: this machine's HAProxy with the file that is shipped, addresses replaced. */
public final class Proxy implements AutoCloseable {
    private final int port = FreePorts.next();
    private final Path file;
    private final Process process;
    private final ServerLog log;

    Proxy(Path executable, List<ServiceProcess> services) {
        try {
            String text = Files.readString(Project.root().resolve("deploy/haproxy.cfg"));
            for (ServiceProcess service : services) {
                String address = " " + service.name() + ":8080";
                if (!text.contains(address)) {
                    throw new IllegalStateException("the proxy knows no " + service.name());
                }
                text = text.replace(address, " 127.0.0.1:" + service.port());
            }
            text = text.replace("bind :8080", "bind 127.0.0.1:" + port);
            file = Files.writeString(Files.createTempFile("haproxy", ".cfg"), text);
            process =
                    new ProcessBuilder(executable.toString(), "-W", "-db", "-f", file.toString())
                            .redirectErrorStream(true)
                            .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = new ServerLog(process.getInputStream());
    }

    boolean isUp() {
        if (!process.isAlive()) {
            throw new IllegalStateException("HAProxy ended\n" + log.tail(40));
        }
        return new Api(uri(), "").get("/proxy-health").status() == 200;
    }

    /** HAProxy, when this machine has one. */
    public static Optional<Path> executable() {
        String path = System.getenv("PATH");
        return Stream.concat(
                        Arrays.stream((path == null ? "" : path).split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(folder -> Path.of(folder, "haproxy"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public ServerLog log() {
        return log;
    }

    /** As a new configuration is taken over: a new worker listens, the old one lets its end. */
    public void reload() {
        Signals.send("-USR2", List.of(process.pid()));
    }

    @Override
    public void close() {
        // The master ends its workers with it; they would wait for their connections otherwise.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

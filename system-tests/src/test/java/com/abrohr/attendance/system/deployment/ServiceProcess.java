package com.abrohr.attendance.system.deployment;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.FreePorts;
import com.abrohr.attendance.system.harness.ServerLog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One application service of the Compose file as a process: its image, its environment, a port. */
public final class ServiceProcess implements AutoCloseable {
    private final String name;
    private final int port = FreePorts.next();
    private final Image image;
    private final Process process;
    private final ServerLog log;

    /**
     * @param environment all that the process has of one
     */
    ServiceProcess(String name, Image image, Map<String, String> environment) {
        this.name = name;
        this.image = image;
        ProcessBuilder builder =
                new ProcessBuilder(image.command())
                        .directory(image.folder().toFile())
                        .redirectErrorStream(true);
        String path = System.getenv("PATH");
        builder.environment().clear();
        builder.environment().put("PATH", path);
        builder.environment().putAll(environment);
        // Containers all have their 8080; processes of one machine cannot.
        builder.environment().put("SERVER_PORT", String.valueOf(port));
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        log = new ServerLog(process.getInputStream());
    }

    public String name() {
        return name;
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    public Api api(String token) {
        return new Api(uri(), token);
    }

    public ServerLog log() {
        return log;
    }

    /** What the image's HEALTHCHECK says of it. */
    public boolean isHealthy() {
        if (!process.isAlive()) {
            throw new IllegalStateException(
                    name + " ended with " + process.exitValue() + "\n" + log.tail(100));
        }
        ProcessBuilder check = new ProcessBuilder(image.healthcheck());
        check.environment().put("SERVER_PORT", String.valueOf(port));
        check.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        try {
            Process asked = check.start();
            return asked.waitFor(10, TimeUnit.SECONDS) && asked.exitValue() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The process stands still: its connections stay open and nobody answers. */
    public void pause() {
        Signals.send("-STOP", List.of(process.pid()));
    }

    public void resume() {
        Signals.send("-CONT", List.of(process.pid()));
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void kill() {
        process.destroyForcibly();
        await();
    }

    public void terminate() {
        process.destroy();
    }

    public int await() {
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(name + " did not end\n" + log.tail(80));
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        terminate();
        await();
    }
}

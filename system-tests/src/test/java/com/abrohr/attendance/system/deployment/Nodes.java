package com.abrohr.attendance.system.deployment;

import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Project;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Nodes of all roles that share one PostgreSQL; they come, go and stand still as a test wants. */
public final class Nodes implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(240);

    private final Image image = Image.build();
    private final ExternalPostgres postgres = new ExternalPostgres(image.layers());
    private final Map<String, String> environment;
    private final List<ServiceProcess> started = new ArrayList<>();

    public Nodes() {
        try {
            ComposeFile compose = ComposedSystem.compose();
            postgres.run(
                    Project.root().resolve("deploy/postgres/10-attendance.sql"),
                    compose.service("postgres").environment());
            image.train(postgres);
            environment = compose.service("command-side").environment();
            environment.remove("ATTENDANCE_ROLES");
            environment.replaceAll(
                    (_, value) ->
                            value.replace(
                                    "//postgres:5432/", "//127.0.0.1:" + postgres.port() + "/"));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    public ExternalPostgres postgres() {
        return postgres;
    }

    /** A process that nobody has waited for yet. */
    public ServiceProcess start(String name) {
        var node = new ServiceProcess(name, image, environment);
        started.add(node);
        return node;
    }

    public void awaitHealthy(ServiceProcess node) {
        await(node.name())
                .atMost(START_LIMIT)
                .pollInterval(Duration.ofMillis(200))
                .until(node::isHealthy);
    }

    /** The end of what each process printed. */
    public String logs() {
        StringBuilder logs = new StringBuilder();
        for (ServiceProcess node : started) {
            logs.append("---- ").append(node.name()).append('\n');
            logs.append(node.log().tail(60)).append('\n');
        }
        return logs.toString();
    }

    @Override
    public void close() {
        List<ServiceProcess> running = started.stream().filter(ServiceProcess::isAlive).toList();
        // One that stands still hears no other signal.
        running.forEach(ServiceProcess::resume);
        running.forEach(ServiceProcess::terminate);
        try {
            running.forEach(ServiceProcess::await);
        } finally {
            postgres.close();
            image.close();
        }
    }
}

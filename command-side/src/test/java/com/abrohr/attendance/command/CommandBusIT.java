package com.abrohr.attendance.command;

import static com.abrohr.attendance.messages.identity.Role.EMPLOYEE;
import static com.abrohr.attendance.messages.identity.Role.HR;
import static com.abrohr.attendance.messages.identity.Role.MANAGER;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import com.abrohr.attendance.command.engine.AttendanceCommandBus;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.Location;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.LeaveReceipt;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.axonframework.common.Registration;
import org.axonframework.serialization.SerializationException;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Two nodes' command buses over one PostgreSQL. */
class CommandBusIT {

    private static final JsonMapper JSON = JsonMapper.shared();

    private static EmbeddedPostgres postgres;
    private static CommandNode one;
    private static CommandNode two;

    private String company;

    record Row(
            String type,
            String aggregate,
            long sequence,
            String commandId,
            String payload,
            JsonNode metadata) {}

    @BeforeAll
    static void start() throws Exception {
        postgres = EmbeddedPostgres.builder().start();
        Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
        one = node(Map.of());
        two = node(Map.of());
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        postgres.close();
    }

    @BeforeEach
    void nameTheCompany(TestInfo test) {
        company = test.getTestMethod().orElseThrow().getName();
    }

    @Test
    void aRepeatOnAnyNodeIsAnsweredFromTheStoredEvent() {
        PunchIn first = in("c-1");
        Receipt answer = one.send(first, "ana", EMPLOYEE);
        assertThat(answer).isInstanceOf(PunchReceipt.class);
        assertThat(one.send(first, "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(two.send(first, "ana", EMPLOYEE)).isEqualTo(answer);
        two.send(out("c-2"), "ana", EMPLOYEE);
        assertThat(one.send(first, "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(two.send(first, "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(clockOfAna()).hasSize(2);
    }

    @Test
    void aReceiptHasTheCompanysNumberOfTheLastEventAndTheRepeatTheSame() {
        Instant start = now().minusSeconds(60);
        assertThat(one.send(in("c-1"), "ana", EMPLOYEE).seq()).isEqualTo(2);
        CorrectWorkSession correction =
                new CorrectWorkSession(company, "ana", "c-2", "ws-1-ana", start, null, "late");
        Receipt corrected = one.send(correction, "boss", MANAGER);
        assertThat(corrected.seq()).isEqualTo(5);
        Receipt bob =
                two.send(new PunchIn(company, "bob", "c-1", null, null, null), "bob", EMPLOYEE);
        assertThat(bob.seq()).isEqualTo(7);
        assertThat(one.send(correction, "boss", MANAGER)).isEqualTo(corrected);
        assertThat(two.send(correction, "boss", MANAGER)).isEqualTo(corrected);
    }

    @Test
    void aRepeatThatTheAggregateHasLongForgottenIsAnsweredFromTheStoredEvent() {
        Receipt answer = one.send(in("c-0"), "ana", EMPLOYEE);
        one.send(out("c-1"), "ana", EMPLOYEE);
        for (int pair = 1; pair <= 20; pair++) {
            one.send(in("c-" + 2 * pair), "ana", EMPLOYEE);
            one.send(out("c-" + (2 * pair + 1)), "ana", EMPLOYEE);
        }
        assertThat(one.send(in("c-0"), "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(two.send(in("c-0"), "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(clockOfAna()).hasSize(42);
    }

    @Test
    void theSameIdWithAnotherBodyIsAConflict() {
        one.send(in("c-1"), "ana", EMPLOYEE);
        PunchIn other = new PunchIn(company, "ana", "c-1", null, "Europe/Madrid", null);
        assertThat(one.refusal(other, "ana", EMPLOYEE)).isEqualTo(RefusalCode.IDEMPOTENCY_CONFLICT);
        assertThat(two.refusal(other, "ana", EMPLOYEE)).isEqualTo(RefusalCode.IDEMPOTENCY_CONFLICT);
        assertThat(two.refusal(out("c-1"), "ana", EMPLOYEE))
                .isEqualTo(RefusalCode.IDEMPOTENCY_CONFLICT);
        assertThat(two.refusal(leave("c-1"), "ana", EMPLOYEE))
                .isEqualTo(RefusalCode.IDEMPOTENCY_CONFLICT);
        assertThat(clockOfAna()).hasSize(1);
    }

    @Test
    void aPunchSentOnlineAndThenAsOfflineIsOnePunchAsItWasStoredFirst() {
        Instant pressed = now().minusSeconds(30);
        PunchIn online = new PunchIn(company, "ana", "c-1", pressed, null, null);
        PunchReceipt answer = (PunchReceipt) one.send(online, "ana", EMPLOYEE);
        assertThat(answer.countedAt()).isAfter(pressed);
        assertThat(one.send(online.withOffline(true), "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(two.send(online.withOffline(true), "ana", EMPLOYEE)).isEqualTo(answer);
        PunchOut offline =
                new PunchOut(company, "ana", "c-2", now().plusSeconds(1), null, null, true);
        Receipt counted = two.send(offline, "ana", EMPLOYEE);
        assertThat(one.send(offline.withOffline(false), "ana", EMPLOYEE)).isEqualTo(counted);
        assertThat(clockOfAna()).hasSize(2);
    }

    @Test
    void aStaleCachedAggregateNeverRefusesWrongly() {
        one.send(in("c-1"), "ana", EMPLOYEE);
        two.send(out("c-2"), "ana", EMPLOYEE);
        one.send(in("c-3"), "ana", EMPLOYEE);
        two.send(out("c-4"), "ana", EMPLOYEE);
        assertThat(one.refusal(out("c-5"), "ana", EMPLOYEE)).isEqualTo(RefusalCode.NOT_PUNCHED_IN);
        two.send(in("c-6"), "ana", EMPLOYEE);
        one.send(out("c-7"), "ana", EMPLOYEE);
        assertThat(clockOfAna().stream().map(Row::commandId))
                .containsExactly("c-1", "c-2", "c-3", "c-4", "c-6", "c-7");
    }

    @Test
    void aStaleCachedAggregateNeverDecidesWrongly() {
        one.send(leave("c-1"), "ana", EMPLOYEE);
        LeaveReceipt asked = (LeaveReceipt) two.send(leaveInJune("c-2"), "ana", EMPLOYEE);
        assertThat(asked.leaveId()).isEqualTo("lv-2-ana");
        assertThat(one.refusal(leaveInJune("c-3"), "ana", EMPLOYEE)).isEqualTo(RefusalCode.OVERLAP);
        ApproveLeave approval = new ApproveLeave(company, "ana", "c-4", "lv-2-ana", null);
        assertThat(one.send(approval, "boss", MANAGER))
                .isEqualTo(new LeaveReceipt("lv-2-ana", LeaveStatus.APPROVED, "ana", "c-4", 4));
        assertThat(
                        two.refusal(
                                new ApproveLeave(company, "ana", "c-5", "lv-2-ana", null),
                                "boss",
                                MANAGER))
                .isEqualTo(RefusalCode.ILLEGAL_TRANSITION);
    }

    @Test
    void sixtyFourThreadsOnOneEmployeeLeaveADenseAlternatingClock() throws Exception {
        long seed = System.nanoTime();
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        AtomicInteger unexpected = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 64; thread++) {
                int me = thread;
                all.add(
                        threads.submit(
                                () -> {
                                    Random random = new Random(seed + me);
                                    go.await();
                                    for (int n = 0; n < 8; n++) {
                                        String id = "c-" + me + "-" + n;
                                        CommandNode node = random.nextBoolean() ? one : two;
                                        EmployeeCommand command =
                                                random.nextBoolean() ? in(id) : out(id);
                                        RefusalCode no = insist(node, command, acknowledged);
                                        if (no != null
                                                && no != RefusalCode.ALREADY_PUNCHED_IN
                                                && no != RefusalCode.NOT_PUNCHED_IN) {
                                            unexpected.incrementAndGet();
                                        }
                                    }
                                    return null;
                                }));
            }
            go.countDown();
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        List<Row> clock = clockOfAna();
        assertThat(unexpected).as("seed %d", seed).hasValue(0);
        assertThat(clock.stream().map(Row::commandId))
                .as("seed %d", seed)
                .containsExactlyInAnyOrderElementsOf(acknowledged)
                .hasSizeGreaterThan(64);
        for (int place = 0; place < clock.size(); place++) {
            assertThat(clock.get(place).sequence()).isEqualTo(place);
            assertThat(clock.get(place).type())
                    .isEqualTo(place % 2 == 0 ? "PunchedIn" : "PunchedOut");
        }
    }

    /** Repeats with the same id while the outcome is open; answers the refusal, if it was one. */
    private static RefusalCode insist(
            CommandNode node, EmployeeCommand command, Queue<String> acknowledged) {
        long giveUp = System.nanoTime() + TimeUnit.SECONDS.toNanos(40);
        while (System.nanoTime() < giveUp) {
            try {
                node.send(command, "ana", EMPLOYEE);
                acknowledged.add(command.commandId());
                return null;
            } catch (Refusal refusal) {
                if (refusal.code() != RefusalCode.UNAVAILABLE) {
                    return refusal.code();
                }
            }
        }
        return RefusalCode.UNAVAILABLE;
    }

    @Test
    void whatIsOneTooManyInFlightIsUnavailableAtOnce() throws Exception {
        CountDownLatch held = new CountDownLatch(1);
        CountDownLatch letGo = new CountDownLatch(1);
        try (CommandNode small = node(Map.of("attendance.limits.commands-in-flight", 1));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Registration hold =
                    small.bus()
                            .registerHandlerInterceptor(
                                    (_, chain) -> {
                                        held.countDown();
                                        letGo.await();
                                        return chain.proceed();
                                    });
            Future<Receipt> first = threads.submit(() -> small.send(in("c-1"), "ana", EMPLOYEE));
            held.await();
            try {
                PunchIn second = new PunchIn(company, "bob", "c-1", null, null, null);
                assertThat(
                                threads.submit(() -> small.refusal(second, "bob", EMPLOYEE))
                                        .get(10, TimeUnit.SECONDS))
                        .isEqualTo(RefusalCode.UNAVAILABLE);
            } finally {
                letGo.countDown();
            }
            assertThat(first.get(10, TimeUnit.SECONDS).employeeId()).isEqualTo("ana");
            hold.cancel();
            small.send(new PunchIn(company, "bob", "c-1", null, null, null), "bob", EMPLOYEE);
        }
    }

    @Test
    void whoseEventsCannotBeReadIsToldSoAndNotToRepeat() throws Exception {
        one.send(in("c-1"), "ana", EMPLOYEE);
        execute(
                "update event_log set payload_type = 'FromTheFuture' where company_id = '"
                        + company
                        + "' AND aggregate_id LIKE 'time-clock/%'");

        assertThat(two.refusal(out("c-2"), "ana", EMPLOYEE)).isEqualTo(RefusalCode.UNREADABLE);
        assertThat(two.refusal(out("c-2"), "ana", EMPLOYEE)).isEqualTo(RefusalCode.UNREADABLE);
    }

    @Test
    void aKeyThatCannotBeLookedUpIsOneLineInTheLogAndTheCommandMayBeRepeated() throws Exception {
        Location here = new Location(40.123, -3.456, null);
        PunchIn punch = new PunchIn(company, "ana", "c-1", null, null, here);
        var lines = new ListAppender<ILoggingEvent>();
        var log = (Logger) LoggerFactory.getLogger(AttendanceCommandBus.class);
        log.addAppender(lines);
        lines.start();
        execute("alter table subject_key rename to away");
        try {
            assertThat(one.refusal(punch, "ana", EMPLOYEE)).isEqualTo(RefusalCode.UNAVAILABLE);
        } finally {
            execute("alter table away rename to subject_key");
            log.detachAppender(lines);
        }
        assertThat(lines.list)
                .singleElement()
                .satisfies(
                        line -> {
                            assertThat(line.getFormattedMessage()).contains("the log is away");
                            assertThat(line.getThrowableProxy()).isNull();
                        });
        assertThat(one.send(punch, "ana", EMPLOYEE)).isInstanceOf(PunchReceipt.class);
        assertThat(clockOfAna()).hasSize(1);
    }

    @Test
    void anIdThatAnAddressCannotHoldIsNotEnrolled() {
        assertThat(
                        one.refusal(
                                new PunchIn(company, "a/b", "c-1", null, null, null),
                                "a/b",
                                EMPLOYEE))
                .isEqualTo(RefusalCode.INVALID);
    }

    @Test
    void anErrorAfterTheAppendIsUnavailableAndTheRepeatIsAnswered() {
        try (CommandNode node = node(Map.of())) {
            node.send(in("c-1"), "ana", EMPLOYEE);
            Registration fault =
                    node.bus()
                            .registerHandlerInterceptor(
                                    (unitOfWork, chain) -> {
                                        unitOfWork.onCommit(
                                                _ -> {
                                                    throw new Refusal(
                                                            RefusalCode.OVERLAP, "after append");
                                                });
                                        return chain.proceed();
                                    });
            assertThat(node.refusal(out("c-2"), "ana", EMPLOYEE))
                    .isEqualTo(RefusalCode.UNAVAILABLE);
            fault.cancel();
            assertThat(clockOfAna()).hasSize(2);
            assertThat(node.send(out("c-2"), "ana", EMPLOYEE).seq()).isEqualTo(3);
            assertThat(clockOfAna()).hasSize(2);
        }
    }

    @Test
    void whoIsKnownFromATokenIsEnrolledOnceAndRegisteredForRealLater() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Receipt> here = threads.submit(() -> one.send(in("c-1"), "ana", EMPLOYEE));
            Future<Receipt> there = threads.submit(() -> two.send(in("c-1"), "ana", EMPLOYEE));
            assertThat(here.get(20, TimeUnit.SECONDS)).isEqualTo(there.get(20, TimeUnit.SECONDS));
        }
        assertThat(rows("employee/" + company + "/ana")).hasSize(1);
        RegisterEmployee real =
                new RegisterEmployee(company, "ana", "r-1", "Ana", null, null, "America/Lima");
        assertThat(one.send(real, "hr", HR)).isEqualTo(new EmployeeReceipt("ana", "r-1", 3));
        assertThat(
                        two.send(
                                new RegisterEmployee(
                                        company, "ana", "r-2", "Ana", null, null, "America/Lima"),
                                "hr",
                                HR))
                .isEqualTo(new EmployeeReceipt("ana", "r-2", 3));
        one.send(out("c-2"), "ana", EMPLOYEE);
        assertThat(clockOfAna().getLast().metadata().get(MetadataKeys.ZONE_ID).asString())
                .isEqualTo("America/Lima");
    }

    /** On the other side of the date line it is another day at every moment. */
    @Test
    void aPunchIsDecidedInTheZoneThatAnotherNodeHasJustRegistered() {
        two.send(in("c-1"), "ana", EMPLOYEE);
        two.send(out("c-2"), "ana", EMPLOYEE);
        String farEast = "Pacific/Kiritimati";
        one.send(new RegisterEmployee(company, "ana", "r-1", "Ana", null, null, farEast), "hr", HR);
        PunchReceipt receipt = (PunchReceipt) two.send(in("c-3"), "ana", EMPLOYEE);
        two.send(out("c-4"), "ana", EMPLOYEE);
        two.send(leave("c-5"), "ana", EMPLOYEE);

        List<Row> clock = clockOfAna();
        LocalDate there = receipt.countedAt().atZone(ZoneId.of(farEast)).toLocalDate();
        assertThat(clock.get(2).payload())
                .contains("\"businessDate\": \"" + there + "\"", "\"zoneId\": \"" + farEast + "\"");
        assertThat(clock.subList(2, 4))
                .allSatisfy(
                        row ->
                                assertThat(row.metadata().get(MetadataKeys.ZONE_ID).asString())
                                        .isEqualTo(farEast));
        assertThat(
                        rows("leave-account/" + company + "/ana")
                                .getFirst()
                                .metadata()
                                .get(MetadataKeys.ZONE_ID)
                                .asString())
                .isEqualTo(farEast);
    }

    /** Behind a registration every punch is decided in its zone, on whichever node. */
    @Test
    void noPunchBehindARegistrationInTheLogIsDecidedInTheZoneBeforeIt() throws Exception {
        int people = 20;
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int n = 0; n < people; n++) {
                String person = "p" + n;
                PunchIn first = new PunchIn(company, person, "c-0", null, null, null);
                one.send(first, person, EMPLOYEE);
                two.send(new PunchOut(company, person, "c-1", null, null, null), person, EMPLOYEE);
                RegisterEmployee registration =
                        new RegisterEmployee(
                                company, person, "r", person, null, null, "Pacific/Kiritimati");
                PunchIn second = new PunchIn(company, person, "c-2", null, null, null);
                CommandNode registering = n % 3 == 0 ? two : one;
                all.add(threads.submit(() -> registering.send(registration, "hr", HR)));
                all.add(threads.submit(() -> two.send(second, person, EMPLOYEE)));
            }
            for (Future<?> each : all) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(
                        number(
                                """
                                select count(*) from events punch
                                join events registration on registration.company_id = punch.company_id
                                    and registration.employee_id = punch.employee_id
                                    and registration.payload_type = 'EmployeeRegistered'
                                    and registration.command_id = 'r'
                                where punch.company_id = '%s' and punch.command_id = 'c-2'
                                    and (punch.payload ->> 'zoneId' = 'Pacific/Kiritimati')
                                        <> (punch.global_index > registration.global_index)
                                """
                                        .formatted(company)))
                .isZero();
    }

    private static long number(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    @Test
    void anOfflinePunchCountsWhenItHappenedAndTheLogSaysThatItWasOffline() {
        Instant threeHoursAgo = now().minusSeconds(10_800);
        PunchIn offline = new PunchIn(company, "ana", "c-1", threeHoursAgo, null, null, true);
        PunchReceipt answer = (PunchReceipt) one.send(offline, "ana", EMPLOYEE);
        assertThat(answer.countedAt()).isEqualTo(threeHoursAgo);
        two.send(out("c-2"), "ana", EMPLOYEE);
        List<Row> clock = clockOfAna();
        assertThat(clock.getFirst().payload()).contains("\"countedAt\": \"" + threeHoursAgo + "\"");
        assertThat(clock.getFirst().metadata().path(MetadataKeys.OFFLINE).asString(""))
                .isEqualTo("true");
        assertThat(clock.getLast().metadata().has(MetadataKeys.OFFLINE)).isFalse();
        assertThat(two.send(offline, "ana", EMPLOYEE)).isEqualTo(answer);
        assertThat(clockOfAna()).hasSize(2);
    }

    @Test
    void theLookBackIsASetting() {
        Instant twoHoursAgo = now().minusSeconds(7200);
        PunchIn offline = new PunchIn(company, "ana", "c-1", twoHoursAgo, null, null, true);
        try (CommandNode strict = node(Map.of("attendance.workforce.offline-look-back", "1h"))) {
            assertThat(strict.refusal(offline, "ana", EMPLOYEE)).isEqualTo(RefusalCode.TOO_OLD);
            // What is stored is answered, whatever the policy says by now.
            Receipt stored = one.send(offline, "ana", EMPLOYEE);
            assertThat(strict.send(offline, "ana", EMPLOYEE)).isEqualTo(stored);
        }
        Instant lastWeek = now().minusSeconds(7 * 86_400);
        PunchIn old = new PunchIn(company, "bob", "c-1", lastWeek, null, null, true);
        assertThat(one.refusal(old, "bob", EMPLOYEE)).isEqualTo(RefusalCode.TOO_OLD);
        // Bob is known by now: whoever punches for themself is enrolled.
        assertThat(((PunchReceipt) one.send(old, "hr", HR)).countedAt()).isEqualTo(lastWeek);
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    @Test
    void nobodyActsForSomebodyUnknown() {
        assertThat(one.refusal(in("c-1"), "hr", HR)).isEqualTo(RefusalCode.UNKNOWN_EMPLOYEE);
        assertThat(one.refusal(in("c-1"), "boss", MANAGER)).isEqualTo(RefusalCode.FORBIDDEN);
        assertThat(
                        one.refusal(
                                new ApproveLeave(company, "ana", "c-2", "lv-1-ana", null),
                                "boss",
                                MANAGER))
                .isEqualTo(RefusalCode.UNKNOWN_LEAVE);
        assertThat(rows("employee/" + company + "/ana")).isEmpty();
    }

    @Test
    void everyEventCarriesTheTenKeysAndNoPersonalDataInTheClear() {
        Instant claimed = Instant.parse("2026-11-20T08:00:00Z");
        one.send(
                new PunchIn(
                        company,
                        "ana",
                        "c-1",
                        claimed,
                        "Europe/Madrid",
                        new Location(40.123, -3.456, null)),
                "ana",
                EMPLOYEE);
        one.send(
                new CorrectWorkSession(
                        company, "ana", "c-2", "ws-1-ana", claimed, null, "sick child"),
                "boss",
                MANAGER);
        List<Row> clock = clockOfAna();
        assertThat(clock.stream().map(Row::type))
                .containsExactly(
                        "PunchedIn", "CorrectionRequested", "CorrectionApproved", "PunchCorrected");
        assertThat(clock)
                .allSatisfy(
                        row -> {
                            assertThat(Set.copyOf(row.metadata().propertyNames()))
                                    .containsExactlyInAnyOrder(
                                            MetadataKeys.COMPANY_ID,
                                            MetadataKeys.ACTOR_ID,
                                            MetadataKeys.ACTOR_ROLE,
                                            MetadataKeys.SOURCE,
                                            MetadataKeys.COMMAND_ID,
                                            MetadataKeys.OCCURRED_AT,
                                            MetadataKeys.RECEIVED_AT,
                                            MetadataKeys.ZONE_ID,
                                            MetadataKeys.CORRELATION_ID,
                                            MetadataKeys.CAUSATION_ID);
                            assertThat(row.payload()).doesNotContain("40.123", "sick child");
                        });
        JsonNode metadata = clock.getFirst().metadata();
        assertThat(metadata.get(MetadataKeys.OCCURRED_AT).asString())
                .isEqualTo("2026-11-20T08:00:00Z");
        assertThat(metadata.get(MetadataKeys.ZONE_ID).asString()).isEqualTo("Europe/Madrid");
        JsonNode enrolment = rows("employee/" + company + "/ana").getFirst().metadata();
        assertThat(enrolment.get(MetadataKeys.ACTOR_ROLE).asString()).isEqualTo("SYSTEM");
        assertThat(enrolment.get(MetadataKeys.CAUSATION_ID).asString()).isEqualTo("c-1");
    }

    @Test
    void theLogHoldsNoInstantFinerThanAMicrosecond() {
        Instant claimed = now().minusSeconds(60).plusNanos(123_456_789);
        one.send(new PunchIn(company, "ana", "c-1", claimed, null, null), "ana", EMPLOYEE);
        one.send(new PunchOut(company, "ana", "c-2", claimed, null, null), "ana", EMPLOYEE);
        Instant start = claimed.minusSeconds(1);
        one.send(
                new CorrectWorkSession(company, "ana", "c-3", "ws-1-ana", start, claimed, "late"),
                "boss",
                MANAGER);
        assertThat(clockOfAna())
                .hasSize(5)
                .allSatisfy(
                        row -> {
                            assertThat(row.payload()).doesNotContainPattern("\\.\\d{7,}Z");
                            assertThat(row.metadata().toString())
                                    .doesNotContainPattern("\\.\\d{7,}Z");
                        });
    }

    @Test
    void aReaderOpensWhatItsCompanysKeysOpenAndMakesNone() throws Exception {
        Location here = new Location(40.123, -3.456, null);
        one.send(new PunchIn(company, "ana", "c-1", null, null, here), "ana", EMPLOYEE);
        String payload = clockOfAna().getFirst().payload();
        SerializedObject<String> stored =
                new SimpleSerializedObject<>(payload, String.class, "PunchedIn", "1");

        assertThat(readAs(company, stored).location()).isEqualTo(here.toGeoUri());
        assertThat(readAs("another", stored).location()).isNull();
    }

    /** On a node that has just started, whose keys are all in the table. */
    private static PunchedIn readAs(String readersCompany, SerializedObject<String> stored)
            throws SQLException {
        try (Connection reader = postgres.getPostgresDatabase().getConnection();
                Statement statement = reader.createStatement()) {
            reader.setAutoCommit(false);
            statement.execute("set LOCAL role attendance_reader");
            statement.execute("set LOCAL attendance.company = '" + readersCompany + "'");
            try (CommandNode node =
                    new CommandNode(
                            postgres.getJdbcUrl("postgres", "postgres"),
                            Map.of(),
                            _ ->
                                    new DelegatingDataSource(
                                            new SingleConnectionDataSource(reader, true)))) {
                PunchedIn read = node.readerSerializer().deserialize(stored);
                assertThatThrownBy(
                                () ->
                                        node.readerSerializer()
                                                .serialize(
                                                        new LeaveSubmitted(
                                                                readersCompany,
                                                                "ana",
                                                                "lv-1-ana",
                                                                "sick",
                                                                LocalDate.EPOCH,
                                                                LocalDate.EPOCH,
                                                                "flu"),
                                                        byte[].class))
                        .isInstanceOf(SerializationException.class);
                return read;
            } finally {
                reader.rollback();
            }
        }
    }

    private static void execute(String sql) throws SQLException {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private PunchIn in(String commandId) {
        return new PunchIn(company, "ana", commandId, null, null, null);
    }

    private PunchOut out(String commandId) {
        return new PunchOut(company, "ana", commandId, null, null, null);
    }

    private SubmitLeave leave(String commandId) {
        LocalDate day = LocalDate.of(2027, 5, 1);
        return new SubmitLeave(company, "ana", commandId, "vacation", day, day, "rest");
    }

    private SubmitLeave leaveInJune(String commandId) {
        LocalDate day = LocalDate.of(2027, 6, 1);
        return new SubmitLeave(company, "ana", commandId, "vacation", day, day, "rest");
    }

    private List<Row> clockOfAna() {
        return rows("time-clock/" + company + "/ana");
    }

    private static List<Row> rows(String aggregate) {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                PreparedStatement select =
                        connection.prepareStatement(
                                "select payload_type, aggregate_id, sequence, command_id,"
                                        + " payload::text, metadata::text from events"
                                        + " where aggregate_id = ? order by sequence")) {
            select.setString(1, aggregate);
            List<Row> rows = new ArrayList<>();
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    rows.add(
                            new Row(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getLong(3),
                                    row.getString(4),
                                    row.getString(5),
                                    JSON.readTree(row.getString(6))));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static CommandNode node(Map<String, Object> settings) {
        return new CommandNode(postgres.getJdbcUrl("postgres", "postgres"), settings);
    }
}

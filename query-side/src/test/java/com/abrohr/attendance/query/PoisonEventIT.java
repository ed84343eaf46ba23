package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.projection.DeadLetters;
import com.abrohr.attendance.query.projection.QuerySideHealth;

import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

class PoisonEventIT {
    private static final String[] SETTINGS = {
        "attendance.projection.max-lag=1500ms", "attendance.projection.claim-timeout=2s"
    };

    private Database database;
    private JdbcTemplate admin;
    private TestNode node;
    private Company company;

    @BeforeEach
    void start() throws Exception {
        database = Database.create();
        admin = database.admin();
        node = TestNode.start(database, SETTINGS);
        company = new Company(node.log(), "c1");
        for (String employee : List.of("e1", "e2", "e3")) {
            company.registers(employee, employee, "s1");
        }
        await().until(() -> position() == 3);
        node.processor().shutDown();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void anEventThatTheTablesRefuseParksItsEmployeeAndNobodyElse() throws Exception {
        admin.execute(
                """
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.employee_id = 'e2' then raise exception 'refused'; end if;
                    return new;
                end $$""");
        admin.execute(
                "create trigger refuse before insert on punch for each row execute function"
                        + " refuse()");
        company.punchesIn("e1");
        company.punchesIn("e2");
        company.punchesIn("e3");
        company.punchesOut("e2");
        company.punchesOut("e1");
        try (Connection listener = database.connect(new Properties())) {
            listener.createStatement().execute("listen live_board");
            node.processor().start();

            await().until(() -> position() == 8);
            assertThat(presence("e1")).isEqualTo(Presence.OUT);
            assertThat(presence("e2")).isEqualTo(Presence.UNKNOWN);
            assertThat(presence("e3")).isEqualTo(Presence.IN);
            assertThat(count()).isEqualTo(new DeadLetters.Count(2, 1));
            assertThat(notified(listener)).containsExactly("c1");
            assertThatThrownBy(() -> node.bean(DeadLetters.class).retry("c1", "e2"))
                    .hasMessageContaining("refused");
            assertThat(count()).isEqualTo(new DeadLetters.Count(2, 1));
            assertThat(presence("e2")).isEqualTo(Presence.UNKNOWN);

            admin.execute("drop trigger refuse on punch");
            assertThat(node.bean(DeadLetters.class).retry("c1", "e2")).isEqualTo(2);

            assertThat(notified(listener)).containsExactly("c1");
        }
        assertThat(presence("e2")).isEqualTo(Presence.OUT);
        assertThat(count()).isEqualTo(new DeadLetters.Count(0, 0));
        company.punchesIn("e2");
        await().until(() -> presence("e2") == Presence.IN);
        assertThat(ReadModelFold.differences(admin)).isEmpty();
    }

    @Test
    void anEventThatChangesARowWhichIsNotThereParksItsEmployee() {
        node.processor().start();
        company.punchesIn("e1");
        company.punchesIn("e2");
        await().until(() -> position() == 5);
        admin.update("delete from work_session where employee_id = 'e1'");
        company.punchesOut("e1");
        company.punchesOut("e2");

        await().until(() -> position() == 7);
        assertThat(presence("e1")).isEqualTo(Presence.UNKNOWN);
        assertThat(presence("e2")).isEqualTo(Presence.OUT);
    }

    @Test
    void whoWasDiscardedByHandIsKnownAgainAfterARetry() {
        node.processor().start();
        company.punchesIn("e1");
        await().until(() -> position() == 4);
        admin.update("delete from work_session where employee_id = 'e1'");
        company.punchesOut("e1");
        await().until(() -> position() == 5);
        admin.update("delete from dead_letter_entry");

        assertThat(node.bean(DeadLetters.class).retry("c1", "e1")).isZero();

        assertThat(presence("e1")).isEqualTo(Presence.IN);
        assertThat(node.bean(DeadLetters.class).retry("c1", "e3")).isZero();
    }

    @Test
    void anEventThatCannotBeReadParksItsEmployeeAndDoesNotStopTheGroup() {
        company.punchesIn("e1");
        company.punchesIn("e2");
        company.punchesIn("e3");
        company.punchesOut("e1");
        restartAfter(
                "update event_log set payload = convert_to('{\"broken', 'UTF8')"
                        + " where employee_id = 'e1' and payload_type = 'PunchedIn'",
                "update event_log set payload_type = 'FromTheFuture', payload_revision = '9'"
                        + " where employee_id = 'e2' and payload_type = 'PunchedIn'",
                "update event_log set metadata = convert_to('broken', 'UTF8')"
                        + " where employee_id = 'e3' and payload_type = 'PunchedIn'");

        await().until(() -> position() == 7);
        for (String employee : List.of("e1", "e2", "e3")) {
            assertThat(presence(employee)).isEqualTo(Presence.UNKNOWN);
        }
        assertThat(count()).isEqualTo(new DeadLetters.Count(4, 3));
        await().until(() -> health().equals(Status.UP));

        // Mended in the log, which is what a retry reads.
        admin.update(
                "update event_log set payload_type = 'PunchedIn', payload_revision = '1'"
                        + " where payload_type = 'FromTheFuture'");
        assertThat(node.bean(DeadLetters.class).retry("c1", "e2")).isEqualTo(1);
        assertThat(presence("e2")).isEqualTo(Presence.IN);
    }

    @Test
    void anEventOfNoEmployeeStopsNothing() {
        var poisoned = new Company(node.log(), "poi");
        GenericDomainEventMessage<?> message =
                (GenericDomainEventMessage<?>) poisoned.messages(poisoned.in("%zz")).getFirst();
        node.log()
                .publish(
                        new GenericDomainEventMessage<>(
                                "TimeClock",
                                "time-clock/poi/%zz",
                                0,
                                message.getPayload(),
                                message.getMetaData()));
        poisoned.punchesIn("e1");
        company.punchesIn("e1");
        node.processor().start();

        await().until(() -> position() == 4);
        await().until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from company_position where"
                                                        + " company_id = 'poi'",
                                                Long.class)
                                        .equals(List.of(2L)));
        assertThat(count()).isEqualTo(new DeadLetters.Count(0, 0));
        await().until(() -> health().equals(Status.UP));
    }

    @Test
    void aGapInTheNumbersStopsTheGroupParksNobodyAndIsNotReadySteadily() {
        company.punchesIn("e1");
        restartAfter("update event_log set company_seq = 5 where payload_type = 'PunchedIn'");

        await().atMost(Duration.ofSeconds(20)).until(() -> !health().equals(Status.UP));
        await().during(Duration.ofSeconds(4))
                .atMost(Duration.ofSeconds(20))
                .until(() -> !health().equals(Status.UP));
        assertThat(count()).isEqualTo(new DeadLetters.Count(0, 0));
        assertThat(position()).isEqualTo(3);
    }

    /** What this node has written itself it would read from memory. */
    private void restartAfter(String... changes) {
        node.close();
        admin.execute("alter table event_log disable trigger all");
        for (String change : changes) {
            assertThat(admin.update(change)).as(change).isEqualTo(1);
        }
        node = TestNode.start(database, SETTINGS);
    }

    private static List<String> notified(Connection listener) throws SQLException {
        List<String> payloads = new ArrayList<>();
        PGNotification[] notifications =
                listener.unwrap(PGConnection.class).getNotifications(5_000);
        for (PGNotification notification : notifications) {
            payloads.add(notification.getParameter());
        }
        return payloads;
    }

    private DeadLetters.Count count() {
        return node.bean(DeadLetters.class).count();
    }

    private Status health() {
        return node.bean(QuerySideHealth.class).health().getStatus();
    }

    private long position() {
        return admin
                .queryForList(
                        "select last_seq from company_position where company_id = 'c1'", Long.class)
                .stream()
                .findFirst()
                .orElse(0L);
    }

    @SuppressWarnings("unchecked")
    private Presence presence(String employee) {
        Page<PresenceView> page =
                (Page<PresenceView>)
                        node.queries()
                                .query(
                                        new FindPresence(
                                                "c1",
                                                employee,
                                                null,
                                                null,
                                                null,
                                                new PageRequest(1, null)),
                                        ResponseTypes.instanceOf(Page.class))
                                .join();
        return page.items().getFirst().presence();
    }
}

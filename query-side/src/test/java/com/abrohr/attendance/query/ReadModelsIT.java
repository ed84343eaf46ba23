package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.attendance.FindPresence;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.messages.attendance.FindWorkSessions;
import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.attendance.PunchView;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.query.projection.QuerySideHealth;

import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** What the projection has written, as the queries show it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadModelsIT {
    private Database database;
    private JdbcTemplate admin;
    private TestNode node;

    @BeforeAll
    void start() throws Exception {
        database = Database.create();
        admin = database.admin();
        node = TestNode.start(database);
    }

    @AfterAll
    void stop() {
        node.close();
    }

    @Test
    void a_mixed_batch_stands_in_every_table() {
        var acme = new Company(node.log(), "acme");
        var weird = new Company(node.log(), "a/b%c d+é");
        for (Company company : List.of(acme, weird)) {
            company.registers("e1", "Ana", "s1");
            company.registers("e2", "Ben", "s2");
            company.punchesIn("e1");
            company.punchesIn("e2");
            company.punchesOut("e1");
            company.corrects(
                    "e1",
                    Instant.parse("2026-11-02T06:00:00Z"),
                    Instant.parse("2026-11-02T14:00:00Z"));
            company.punchesInOffline("e1");
            String first = company.asksForLeave("e2", day(1), day(3));
            company.approves("e2", first);
            company.rejects("e1", company.asksForLeave("e1", day(5), day(6)));
            company.withdraws("e1", company.asksForLeave("e1", day(8), day(9)));
            company.asksForLeave("e1", day(10), day(11));
            company.approvesInOldWords("e2", company.asksForLeave("e2", day(20), day(21)));
        }
        projected(acme, 18);
        projected(weird, 18);

        assertThat(ReadModelFold.differences(admin)).isEmpty();
        Page<PresenceView> people = ask(new FindPresence("acme", null, null, null, null, page(10)));
        assertThat(people.items())
                .extracting(PresenceView::employeeId, PresenceView::displayName)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("e1", "Ana"),
                        org.assertj.core.groups.Tuple.tuple("e2", "Ben"));
        assertThat(people.asOf().seq()).isEqualTo(18);
        Page<PunchView> punches =
                ask(new FindPunches("acme", "e1", null, null, null, null, page(10)));
        assertThat(punches.items())
                .extracting(PunchView::offline)
                .containsExactly(true, false, false);
        assertThat(people.items().getFirst().location().lat()).isEqualTo(40.4168);
        Page<WorkSessionView> sessions =
                ask(new FindWorkSessions("acme", "e1", null, null, page(10)));
        assertThat(sessions.items()).hasSize(2);
        assertThat(sessions.items().getLast().corrected()).isTrue();
        Page<LeaveRequestView> leave =
                ask(new FindLeaveRequests("acme", null, LeaveStatus.PENDING, page(10)));
        assertThat(leave.items()).extracting(LeaveRequestView::id).containsExactly("lv-3-e1");
        assertThat(leave.items().getFirst().displayName()).isEqualTo("Ana");
        Page<PresenceView> in =
                ask(new FindPresence("acme", null, null, null, Presence.IN, page(10)));
        assertThat(in.items()).hasSize(2);
    }

    @Test
    void a_page_goes_on_where_it_ended_whatever_was_added_meanwhile() {
        var company = new Company(node.log(), "pages");
        for (int i = 0; i < 25; i++) {
            company.punchesIn("e" + i % 5);
            company.punchesOut("e" + i % 5);
        }
        projected(company, 50);
        List<PunchView> seen = new ArrayList<>();
        String cursor = null;
        int added = 0;
        do {
            Page<PunchView> next =
                    ask(
                            new FindPunches(
                                    "pages",
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    new PageRequest(7, cursor)));
            seen.addAll(next.items());
            cursor = next.nextCursor();
            company.punchesIn("late" + added++);
            projected(company, 50 + added);
        } while (cursor != null);
        assertThat(seen).hasSize(50).doesNotHaveDuplicates();
        assertThat(seen)
                .extracting(PunchView::occurredAt)
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
        assertThatThrownBy(
                        () ->
                                ask(
                                        new FindPunches(
                                                "pages",
                                                null,
                                                null,
                                                null,
                                                null,
                                                null,
                                                new PageRequest(7, "nonsense"))))
                .hasRootCauseInstanceOf(Refusal.class)
                .rootCause()
                .extracting("field")
                .isEqualTo("cursor");
    }

    @Test
    void a_reader_sees_no_row_of_another_company_even_where_the_query_forgets_to_ask() {
        var a = new Company(node.log(), "wall-a");
        var b = new Company(node.log(), "wall-b");
        for (Company company : List.of(a, b)) {
            company.registers("e1", "Ana", "s1");
            company.punchesIn("e1");
            company.asksForLeave("e1", day(1), day(1));
            projected(company, 3);
        }
        var readers = new JdbcTemplate(node.readers());
        var transaction =
                new org.springframework.transaction.support.TransactionTemplate(
                        new org.springframework.jdbc.support.JdbcTransactionManager(
                                readers.getDataSource()));
        for (String table :
                List.of("presence", "punch", "work_session", "leave_request", "company_position")) {
            String all = "select distinct company_id from " + table;
            assertThat(readers.queryForList(all, String.class)).as(table).isEmpty();
            transaction.executeWithoutResult(
                    _ -> {
                        readers.queryForObject(
                                "select set_config('attendance.company', 'wall-a', true)",
                                String.class);
                        assertThat(readers.queryForList(all, String.class))
                                .as(table)
                                .containsExactly("wall-a");
                    });
            assertThatThrownBy(() -> readers.update("delete from " + table))
                    .rootCause()
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void the_node_uses_the_stores_that_were_meant_and_is_healthy() {
        assertThat(node.bean(TokenStore.class)).isExactlyInstanceOf(JdbcTokenStore.class);
        assertThat(node.processor().supportsReset()).isTrue();
        await().until(
                        () ->
                                node.bean(QuerySideHealth.class)
                                        .health()
                                        .getStatus()
                                        .equals(Status.UP));
        node.processor().shutDown();
        assertThat(node.bean(QuerySideHealth.class).health().getStatus()).isEqualTo(Status.DOWN);
        node.processor().start();
    }

    private void projected(Company company, long seq) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from company_position where company_id = ?",
                                                Long.class,
                                                company.id())
                                        .contains(seq));
    }

    @SuppressWarnings("unchecked")
    private <T> Page<T> ask(Object query) {
        return (Page<T>) node.queries().query(query, ResponseTypes.instanceOf(Page.class)).join();
    }

    private static PageRequest page(int limit) {
        return new PageRequest(limit, null);
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2027, 1, day);
    }
}

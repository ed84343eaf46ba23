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
import com.abrohr.attendance.messages.feed.CountPresence;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;

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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveBoardIT {

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
    void a_mixed_batch_stands_in_every_table_and_in_the_feed() {
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
        }
        projected(acme, 14);
        projected(weird, 14);

        assertThat(ReadModelFold.differences(admin)).isEmpty();
        Page<PresenceView> people = ask(new FindPresence("acme", null, null, null, null, page(10)));
        assertThat(people.items())
                .extracting(PresenceView::employeeId, PresenceView::displayName)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("e1", "Ana"),
                        org.assertj.core.groups.Tuple.tuple("e2", "Ben"));
        assertThat(people.asOf().seq()).isEqualTo(14);
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
        assertThat(counts("acme").counts()).isEqualTo(Map.of(Presence.IN, 2));
        assertThat(counts("acme").position().seq()).isEqualTo(14);
    }

    @Test
    void each_audience_is_told_the_number_it_had_before() {
        var company = new Company(node.log(), "prev");
        company.registers("e1", "Ana", "s1");
        company.punchesIn("e1");
        company.registers("e2", "Ben", "s1");
        company.punchesIn("e2");
        company.punchesOut("e1");
        projected(company, 5);

        List<FeedEntry> entries = feed("prev", 0);
        assertThat(entries).extracting(FeedEntry::seq).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(entries).extracting(FeedEntry::managersPrev).containsExactly(0L, 0L, 2L, 2L, 4L);
        assertThat(entries).extracting(FeedEntry::employeePrev).containsExactly(0L, 0L, 0L, 0L, 2L);
        assertThat(entries.getFirst().update()).isInstanceOf(FeedUpdate.EmployeeJoined.class);
        assertThat(entries.getLast().update())
                .isInstanceOfSatisfying(
                        FeedUpdate.Punched.class,
                        punched -> assertThat(punched.session().punchOutTime()).isNotNull());
        assertThat(entries.getLast().presence().presence()).isEqualTo(Presence.OUT);
        FeedPage own = page(new GetFeed("prev", 1, 1000, "e1"));
        assertThat(own.entries()).extracting(FeedEntry::seq).containsExactly(2L, 5L);
        assertThat(own.position().seq()).isEqualTo(5);
        assertThat(page(new GetFeed("prev", 5, 1000, "e1")).entries()).isEmpty();
        assertThat(page(new GetFeed("nobody", 0, 1000, null)).position().seq()).isZero();
    }

    @Test
    void what_is_written_is_emitted_once_in_order_after_its_commit() {
        var company = new Company(node.log(), "emit");
        company.registers("e1", "Ana", "s1");
        projected(company, 1);
        List<FeedEntry> heard = new CopyOnWriteArrayList<>();
        try (var watch =
                node.queries()
                        .subscriptionQuery(
                                new WatchLiveFeed("emit"), FeedPosition.class, FeedBatch.class)) {
            watch.updates().subscribe(batch -> heard.addAll(batch.entries()));
            FeedPosition from = watch.initialResult().block(Duration.ofSeconds(5));
            assertThat(from.seq()).isEqualTo(1);
            var other = new Company(node.log(), "emit-not");
            for (int i = 0; i < 20; i++) {
                company.punchesIn("e1");
                other.punchesIn("e1");
                company.punchesOut("e1");
                other.punchesOut("e1");
            }
            await().until(() -> heard.size() >= 40);
        }
        assertThat(heard).allMatch(entry -> entry.companyId().equals("emit"));
        assertThat(heard).isEqualTo(feed("emit", 1));
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
                List.of(
                        "presence",
                        "punch",
                        "work_session",
                        "leave_request",
                        "feed_head",
                        "feed_entry")) {
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
        assertThatThrownBy(() -> readers.queryForList("select * from event_log"))
                .rootCause()
                .hasMessageContaining("permission denied");
    }

    @Test
    void a_snapshot_shows_exactly_what_its_feed_number_says() throws Exception {
        var company = new Company(node.log(), "snap");
        int people = 12;
        Set<Long> positions = ConcurrentHashMap.newKeySet();
        var appended = new AtomicInteger();
        Thread day =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    // Until the projection was seen at work, however it batches.
                                    for (int round = 0;
                                            round < 20 || positions.size() <= 2;
                                            round++) {
                                        for (int e = 0; e < people; e++) {
                                            company.append(
                                                    company.in("e" + e), company.out("e" + e));
                                            appended.addAndGet(2);
                                        }
                                    }
                                });
        List<DashboardView> snapshots = new ArrayList<>();
        while (day.isAlive()) {
            DashboardView snapshot =
                    node.queries().query(new GetDashboard("snap"), DashboardView.class).join();
            snapshots.add(snapshot);
            positions.add(snapshot.position().seq());
        }
        projected(company, appended.get());
        List<FeedEntry> entries = allOf("snap");
        for (DashboardView snapshot : snapshots) {
            Map<String, PresenceView> expected = new HashMap<>();
            entries.stream()
                    .filter(entry -> entry.seq() <= snapshot.position().seq())
                    .forEach(entry -> expected.put(entry.employeeId(), entry.presence()));
            Map<String, PresenceView> shown = new HashMap<>();
            snapshot.rows().forEach(tile -> shown.put(tile.employeeId(), tile));
            assertThat(shown).isEqualTo(expected);
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

    @Test
    void counts_are_those_of_the_rows_leave_included() {
        var company = new Company(node.log(), "counts");
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        for (String employee : List.of("away", "back", "in", "out")) {
            company.registers(employee, employee, "s1");
        }
        company.approves(
                "away", company.asksForLeave("away", today.minusDays(2), today.plusDays(2)));
        company.approves(
                "back", company.asksForLeave("back", today.minusDays(9), today.minusDays(5)));
        company.punchesIn("in");
        projected(company, 9);

        assertThat(counts("counts").counts())
                .isEqualTo(Map.of(Presence.ON_LEAVE, 1, Presence.OUT, 2, Presence.IN, 1))
                .isEqualTo(
                        node.queries()
                                .query(new GetDashboard("counts"), DashboardView.class)
                                .join()
                                .counts());
        assertThat(counts("nobody here").counts()).isEmpty();
    }

    private PresenceCounts counts(String company) {
        return node.queries().query(new CountPresence(company), PresenceCounts.class).join();
    }

    private void projected(Company company, long seq) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from feed_head where company_id = ?",
                                                Long.class,
                                                company.id())
                                        .contains(seq));
    }

    private List<FeedEntry> allOf(String company) {
        List<FeedEntry> all = new ArrayList<>();
        List<FeedEntry> next = feed(company, 0);
        while (!next.isEmpty()) {
            all.addAll(next);
            next = feed(company, all.getLast().seq());
        }
        return all;
    }

    private List<FeedEntry> feed(String company, long after) {
        return page(new GetFeed(company, after, 1000, null)).entries();
    }

    private FeedPage page(GetFeed query) {
        return node.queries().query(query, FeedPage.class).join();
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

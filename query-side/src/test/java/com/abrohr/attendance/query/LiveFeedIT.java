package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.BoardChanges;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetBoardChanges;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.SubscriptionQueryResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;

/** The log as the live feed, and the live boards in memory. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LiveFeedIT {
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

    /** What one subscription of a company has heard. */
    private static final class Watch implements AutoCloseable {
        private final List<FeedBatch> batches = new CopyOnWriteArrayList<>();
        private final SubscriptionQueryResult<FeedPosition, FeedBatch> subscription;
        private final FeedPosition from;
        private final AtomicBoolean ended = new AtomicBoolean();

        private Watch(TestNode node, String company) {
            subscription =
                    node.queries()
                            .subscriptionQuery(
                                    new WatchLiveFeed(company),
                                    FeedPosition.class,
                                    FeedBatch.class);
            subscription.updates().subscribe(batches::add, _ -> ended.set(true));
            from = subscription.initialResult().block(Duration.ofSeconds(10));
        }

        private List<FeedEntry> entries() {
            return batches.stream().flatMap(batch -> batch.entries().stream()).toList();
        }

        private Map<String, Presence> tiles() {
            Map<String, Presence> tiles = new HashMap<>();
            for (FeedBatch batch : batches) {
                batch.board().rows().forEach(tile -> tiles.put(tile.employeeId(), tile.presence()));
            }
            return tiles;
        }

        @Override
        public void close() {
            if (!ended.get()) {
                subscription.close();
            }
        }
    }

    @Test
    void whatIsCommittedIsHeardOnceInOrderAlthoughNothingIsProjected() {
        var company = new Company(node.log(), "emit");
        company.registers("e1", "Ana", "s1");
        node.processor().shutDown();
        try (var watch = new Watch(node, "emit")) {
            assertThat(watch.from.seq()).isEqualTo(1);
            var other = new Company(node.log(), "emit-not");
            for (int i = 0; i < 20; i++) {
                company.punchesIn("e1");
                other.punchesIn("e1");
                company.punchesOut("e1");
                other.punchesOut("e1");
            }
            await().until(() -> watch.entries().size() >= 40);

            assertThat(watch.entries()).isEqualTo(feed("emit", 1));
            assertThat(watch.entries())
                    .extracting(FeedEntry::seq)
                    .containsExactlyElementsOf(LongStream.rangeClosed(2, 41).boxed().toList());
            assertThat(watch.tiles()).isEqualTo(Map.of("e1", Presence.OUT));
        } finally {
            node.processor().start();
        }
    }

    @Test
    void everyEventHasANumberAlsoOneThatNobodyHears() {
        var company = new Company(node.log(), "all");
        company.registers("e1", "Ana", "s1");
        company.punchesIn("e1");
        company.corrects("e1", Instant.parse("2026-11-02T06:00:00Z"), null);
        company.punchesOut("e1");

        assertThat(feed("all", 0))
                .extracting(entry -> entry.update().getClass().getSimpleName())
                .containsExactly(
                        "EmployeeJoined",
                        "Punched",
                        "Unannounced",
                        "Unannounced",
                        "SessionCorrected",
                        "Punched");
    }

    @Test
    void anEmployeesEntriesAreFoundFromAnyNumberOn() {
        var company = new Company(node.log(), "one");
        for (String employee : List.of("e1", "e/2 %")) {
            company.registers(employee, employee, "s1");
        }
        for (int i = 0; i < 9; i++) {
            company.punchesIn("e1");
            company.punchesIn("e/2 %");
            if (i % 3 == 0) {
                company.asksForLeave("e/2 %", day(i + 1), day(i + 1));
            }
            company.punchesOut("e/2 %");
            company.punchesOut("e1");
        }
        List<FeedEntry> all = feed("one", 0);
        for (String employee : List.of("e1", "e/2 %", "nobody")) {
            List<FeedEntry> own =
                    all.stream().filter(entry -> entry.employeeId().equals(employee)).toList();
            for (long after = 0; after <= all.size(); after++) {
                long from = after;
                assertThat(page(new GetFeed("one", after, 1000, employee)).entries())
                        .isEqualTo(own.stream().filter(entry -> entry.seq() > from).toList());
            }
        }
        FeedPage first = page(new GetFeed("one", 0, 5, "e1"));
        assertThat(first.entries()).hasSize(5);
        assertThat(first.more()).isTrue();
        assertThat(first.position().seq()).isEqualTo(all.size());
        assertThat(page(new GetFeed("nobody here", 0, 1000, null)).position().seq()).isZero();
    }

    @Test
    void aSnapshotShowsExactlyWhatItsNumberSays() throws Exception {
        var company = new Company(node.log(), "snap");
        Thread day =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int round = 0; round < 40; round++) {
                                        for (int e = 0; e < 12; e++) {
                                            company.append(company.in("e" + e));
                                            company.append(company.out("e" + e));
                                        }
                                    }
                                });
        List<DashboardView> snapshots = new ArrayList<>();
        try (var watch = new Watch(node, "snap")) {
            while (day.isAlive()) {
                snapshots.add(ask(new GetDashboard("snap"), DashboardView.class));
            }
            day.join();
            assertThat(watch.ended).isFalse();
        }
        List<FeedEntry> entries = feed("snap", 0);
        for (DashboardView snapshot : snapshots) {
            Map<String, Presence> expected = new HashMap<>();
            entries.stream()
                    .filter(entry -> entry.seq() <= snapshot.position().seq())
                    .forEach(
                            entry ->
                                    expected.put(
                                            entry.employeeId(),
                                            ((FeedUpdate.Punched) entry.update())
                                                                    .session()
                                                                    .punchOutTime()
                                                            == null
                                                    ? Presence.IN
                                                    : Presence.OUT));
            assertThat(snapshot.rows())
                    .as("at %s", snapshot.position())
                    .extracting(PresenceView::employeeId, PresenceView::presence)
                    .containsExactlyInAnyOrderElementsOf(
                            expected.entrySet().stream()
                                    .map(
                                            tile ->
                                                    org.assertj.core.groups.Tuple.tuple(
                                                            tile.getKey(), tile.getValue()))
                                    .toList());
        }
    }

    @Test
    void aBoardThatWasAwayGetsTheRowsThatMayDiffer() {
        var company = new Company(node.log(), "away");
        for (String employee : List.of("e1", "e2", "e3")) {
            company.registers(employee, employee, "s1");
        }
        String leave = company.asksForLeave("e3", day(1), day(2));
        try (var watch = new Watch(node, "away")) {
            company.punchesIn("e1");
            company.approves("e3", leave);
            await().until(() -> watch.entries().size() == 2);

            BoardChanges changes =
                    ask(new GetBoardChanges("away", watch.from.seq()), BoardChanges.class);

            assertThat(changes.position().seq()).isEqualTo(6);
            assertThat(changes.delta().rows())
                    .extracting(PresenceView::employeeId)
                    .containsExactly("e1", "e3");
            assertThat(changes.delta().noLongerPending()).containsExactly(leave);
            assertThatThrownBy(() -> ask(new GetBoardChanges("away", 7), BoardChanges.class))
                    .hasMessageContaining("whole board");
        }
        // Decided before this board was loaded: found in the log.
        assertThat(
                        ask(new GetBoardChanges("away", 4), BoardChanges.class)
                                .delta()
                                .noLongerPending())
                .containsExactly(leave);
    }

    @Test
    void aPageAndItsPositionAreOfOneSnapshot() throws Exception {
        var company = new Company(node.log(), "pages");
        company.registers("e1", "Ana", "s1");
        Thread writer =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    for (int i = 0; i < 150; i++) {
                                        company.punchesIn("e1");
                                        company.punchesOut("e1");
                                    }
                                });
        List<GetFeed> questions = new ArrayList<>();
        List<FeedPage> pages = new ArrayList<>();
        long last = 0;
        do {
            for (String employee : Arrays.asList(null, "e1")) {
                for (long after : List.of(0L, Math.max(0, last - 3), last)) {
                    questions.add(new GetFeed("pages", after, 5, employee));
                    pages.add(page(questions.getLast()));
                }
            }
            last = pages.getLast().position().seq();
        } while (writer.isAlive() || last < 301);

        for (int i = 0; i < pages.size(); i++) {
            GetFeed asked = questions.get(i);
            FeedPage page = pages.get(i);
            long to = Math.min(page.position().seq(), asked.afterSeq() + asked.limit());
            assertThat(page.entries())
                    .as("%s at %s", asked, page.position())
                    .extracting(FeedEntry::seq)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(asked.afterSeq() + 1, to).boxed().toList());
            assertThat(page.more()).isEqualTo(to < page.position().seq());
        }
    }

    @Test
    void aCompanyThatIsReadIsSetForThatTransactionAlone() throws Exception {
        new Company(node.log(), "left").registers("e1", "Ana", "s1");
        var reads = node.bean(CompanyReads.class);
        var readers = new JdbcTemplate(node.readers());
        String state =
                "select concat_ws(' ', current_setting('attendance.company', true),"
                        + " current_setting('transaction_isolation'),"
                        + " current_setting('transaction_read_only'))";
        var first =
                new CompanyReads.FirstQuery<>(
                        "select count(*) from event_log where company_id <> ?",
                        rows -> rows.next() ? rows.getLong(1) : -1,
                        List.of("of nobody"));
        for (int i = 0; i < 12; i++) {
            assertThat(reads.in("left", () -> readers.queryForObject(state, String.class)))
                    .isEqualTo("left repeatable read on");
            assertThat(reads.in("left", first, Long::intValue)).isEqualTo(1);
            assertThat(reads.in("nobody here", first, Long::intValue)).isZero();
            page(new GetFeed("left", 0, 5, null));
            assertThatThrownBy(
                            () ->
                                    reads.in(
                                            "left",
                                            first,
                                            _ -> {
                                                throw new IllegalStateException("broken");
                                            }))
                    .hasMessage("broken");
            assertThatThrownBy(
                            () ->
                                    reads.in(
                                            "left",
                                            new CompanyReads.FirstQuery<>(
                                                    "select 1 / 0", rows -> "", List.of()),
                                            found -> found))
                    .rootCause()
                    .hasMessageContaining("division by zero");
            assertThat(readers.queryForObject(state, String.class).strip())
                    .isEqualTo("read committed off");
            assertThat(readers.queryForObject("select count(*) from event_log", Long.class))
                    .isZero();
        }
    }

    @Test
    void anEventOfRevision1IsShownWithWhatItsStreamSays() {
        var company = new Company(node.log(), "older");
        company.registers("e1", "Ana", "s1");
        company.punchesIn("e1");
        company.punchesOut("e1");
        List<FeedEntry> now = feed("older", 0);
        int changed =
                admin.update(
                        """
                        update event_log set payload_revision = '1', payload = convert_to(
                            regexp_replace(convert_from(payload, 'UTF8'), '"punchInTime":"[^"]*",', ''), 'UTF8')
                        where company_id = 'older' and payload_type = 'PunchedOut'""");
        assertThat(changed).isEqualTo(1);
        assertThat(feed("older", 0)).isEqualTo(now);

        admin.update(
                "update event_log set payload_revision = '9'"
                        + " where company_id = 'older' and payload_type = 'PunchedOut'");
        assertThat(feed("older", 2))
                .extracting(FeedEntry::update)
                .containsExactly(new FeedUpdate.Unannounced());
    }

    @Test
    void aReaderSeesNoEventAndNoKeyOfAnotherCompanyEvenWhereTheQueryForgetsToAsk() {
        for (String id : List.of("wall-a", "wall-b")) {
            var company = new Company(node.log(), id);
            company.registers("e1", "Ana", "s1");
            company.punchesIn("e1");
        }
        var readers = new JdbcTemplate(node.readers());
        var transaction =
                new TransactionTemplate(new JdbcTransactionManager(readers.getDataSource()));
        for (String table : List.of("event_log", "subject_key")) {
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
    void aLogThatIsShorterThanWhatWasSeenBeginsANewEpoch() throws Exception {
        Database restored = Database.create();
        try (TestNode one =
                TestNode.start(restored, "attendance.projection.catch-up-interval=1s")) {
            var company = new Company(one.log(), "acme");
            company.registers("e1", "Ana", "s1");
            company.punchesIn("e1");
            try (var watch = new Watch(one, "acme")) {
                JdbcTemplate database = restored.admin();
                // What is projected only afterwards would make the read models longer again.
                await().until(
                                () ->
                                        database.queryForList(
                                                        "select last_seq from company_position",
                                                        Long.class)
                                                .contains(2L));
                database.update("delete from event_log where global_index = 2");
                database.update("update event_log_head set last_index = 1");
                database.update("update company_position set last_seq = 1");

                await().atMost(Duration.ofSeconds(10)).untilTrue(watch.ended);
                try (var again = new Watch(one, "acme")) {
                    assertThat(again.from.epoch()).isNotEqualTo(watch.from.epoch());
                    assertThat(again.from.seq()).isEqualTo(1);
                }
            }
        }
    }

    @Test
    void aBatchThatNeverCameFromMemoryIsReadFromTheLog() {
        var company = new Company(node.log(), "dropped");
        company.registers("e1", "Ana", "s1");
        try (var watch = new Watch(node, "dropped")) {
            // As a node whose writer is not this one's: nothing of it comes from memory.
            try (TestNode other = TestNode.start(database)) {
                var there = company.on(other.log());
                there.punchesIn("e1");
                await().until(() -> watch.entries().size() == 1);
            }
            company.punchesOut("e1");
            await().until(() -> watch.entries().size() == 2);
            assertThat(watch.entries()).isEqualTo(feed("dropped", 1));
        }
    }

    private List<FeedEntry> feed(String company, long after) {
        List<FeedEntry> all = new ArrayList<>();
        FeedPage next;
        do {
            long from = all.isEmpty() ? after : all.getLast().seq();
            next = page(new GetFeed(company, from, 1000, null));
            all.addAll(next.entries());
        } while (next.more());
        return all;
    }

    private FeedPage page(GetFeed query) {
        return ask(query, FeedPage.class);
    }

    private <T> T ask(Object query, Class<T> answer) {
        return node.queries().query(query, answer).join();
    }

    private static LocalDate day(int day) {
        return LocalDate.of(2027, 1, day);
    }
}

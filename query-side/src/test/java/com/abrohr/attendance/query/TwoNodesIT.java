package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.LongStream;

class TwoNodesIT {
    /** So long that nothing is found by looking: every node must be woken. */
    private static final String NO_POLL = "attendance.projection.catch-up-interval=10m";

    @Test
    void each_node_hears_every_company_whoever_projects_it_and_goes_on_after_a_lost_connection()
            throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode one = TestNode.start(database, NO_POLL);
                TestNode two = TestNode.start(database, NO_POLL)) {
            one.processor().releaseSegment(1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> two.processor().processingStatus().containsKey(1));
            Map<TestNode, Map<String, List<FeedEntry>>> heard = new HashMap<>();
            List<AutoCloseable> watches = new ArrayList<>();
            List<String> names = List.of("c1", "c2", "c3", "c4", "c5", "c6");
            for (TestNode node : List.of(one, two)) {
                heard.put(node, new HashMap<>());
                for (String name : names) {
                    List<FeedEntry> entries = new CopyOnWriteArrayList<>();
                    heard.get(node).put(name, entries);
                    var watch =
                            node.queries()
                                    .subscriptionQuery(
                                            new WatchLiveFeed(name),
                                            FeedPosition.class,
                                            FeedBatch.class);
                    watch.updates().subscribe(batch -> entries.addAll(batch.entries()));
                    watch.initialResult().block(Duration.ofSeconds(5));
                    watches.add(watch);
                }
            }
            List<Company> companies =
                    names.stream().map(name -> new Company(one.log(), name)).toList();
            live(companies);
            heardAll(heard, 20);

            admin.queryForList(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                            + " where application_name like '%listener%'"
                            + " and datname = current_database()");
            live(companies);
            heardAll(heard, 40);

            for (String name : names) {
                List<FeedEntry> stored =
                        two.queries()
                                .query(new GetFeed(name, 0, 1000, null), FeedPage.class)
                                .join()
                                .entries();
                assertThat(stored)
                        .extracting(FeedEntry::seq)
                        .containsExactlyElementsOf(LongStream.rangeClosed(1, 40).boxed().toList());
                assertThat(heard.get(one).get(name)).isEqualTo(stored);
                assertThat(heard.get(two).get(name)).isEqualTo(stored);
            }
            assertThat(
                            admin.queryForObject(
                                    "select count(distinct owner) from token_entry", Long.class))
                    .isEqualTo(2);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(ReadModelFold.differences(admin)).isEmpty());
            for (AutoCloseable watch : watches) {
                watch.close();
            }
        }
    }

    private static void live(List<Company> companies) {
        for (int i = 0; i < 10; i++) {
            for (Company company : companies) {
                company.punchesIn("e" + i % 3);
                company.punchesOut("e" + i % 3);
            }
        }
    }

    private static void heardAll(Map<TestNode, Map<String, List<FeedEntry>>> heard, int count) {
        await().atMost(Duration.ofSeconds(30))
                .until(
                        () ->
                                heard.values().stream()
                                        .flatMap(node -> node.values().stream())
                                        .allMatch(entries -> entries.size() >= count));
    }
}

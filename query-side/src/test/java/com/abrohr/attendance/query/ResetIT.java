package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.feed.FeedBatch;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.WatchLiveFeed;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class ResetIT {

    private static final List<String> TABLES =
            List.of(
                    "presence",
                    "work_session",
                    "punch",
                    "leave_request",
                    "feed_entry",
                    "feed_epoch");

    @Test
    void a_reset_comes_out_with_the_same_rows_and_numbers_and_reaches_no_board() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node = TestNode.start(database, "attendance.projection.batch-size=7")) {
            List<Company> companies =
                    List.of(new Company(node.log(), "a"), new Company(node.log(), "b"));
            for (Company company : companies) {
                company.registers("e1", "Ana", "s1");
                for (int i = 0; i < 20; i++) {
                    company.punchesIn("e1");
                    company.punchesOut("e1");
                }
                company.approves(
                        "e1",
                        company.asksForLeave(
                                "e1", LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 2)));
            }
            await().until(() -> heads(admin).equals(Map.of("a", 43L, "b", 43L)));
            Map<String, List<String>> before = contents(admin);
            List<FeedEntry> heard = new CopyOnWriteArrayList<>();
            try (var watch =
                    node.queries()
                            .subscriptionQuery(
                                    new WatchLiveFeed("a"), FeedPosition.class, FeedBatch.class)) {
                watch.updates().subscribe(batch -> heard.addAll(batch.entries()));
                watch.initialResult().block(Duration.ofSeconds(5));

                node.processor().shutDown();
                node.processor().resetTokens();
                assertThat(contents(admin).get("feed_entry")).isEmpty();
                node.processor().start();
                await().until(() -> heads(admin).equals(Map.of("a", 43L, "b", 43L)));

                assertThat(contents(admin)).isEqualTo(before);
                assertThat(ReadModelFold.differences(admin)).isEmpty();

                companies.getFirst().punchesIn("e1");
                await().until(() -> !heard.isEmpty() && heard.getLast().seq() == 44);
                // The end of the rebuild is announced by the last entry, and by nothing else.
                assertThat(heard).extracting(FeedEntry::seq).containsExactly(43L, 44L);
            }
            assertThat(epoch(admin)).isEqualTo(before.get("feed_epoch").getFirst());
        }
    }

    @Test
    void numbers_that_come_out_differently_begin_a_new_epoch() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node = TestNode.start(database)) {
            var company = new Company(node.log(), "a");
            company.registers("e1", "Ana", "s1");
            company.punchesIn("e1");
            await().until(() -> heads(admin).equals(Map.of("a", 2L)));
            String before = epoch(admin);
            // As if a letter had been repaired: the feed had one number more than the log gives.
            admin.update("update feed_head set last_seq = 3");

            node.processor().shutDown();
            node.processor().resetTokens();
            node.processor().start();
            await().until(() -> heads(admin).equals(Map.of("a", 2L)));
            company.punchesOut("e1");

            await().until(() -> !epoch(admin).equals(before));
            assertThat(ReadModelFold.differences(admin)).isEmpty();
        }
    }

    private static String epoch(JdbcTemplate admin) {
        return admin.queryForObject("select cast(t as text) from feed_epoch t", String.class);
    }

    private static Map<String, Long> heads(JdbcTemplate admin) {
        Map<String, Long> heads = new LinkedHashMap<>();
        admin.query(
                "select company_id, last_seq from feed_head order by 1",
                row -> {
                    heads.put(row.getString(1), row.getLong(2));
                });
        return heads;
    }

    private static Map<String, List<String>> contents(JdbcTemplate admin) {
        Map<String, List<String>> contents = new LinkedHashMap<>();
        for (String table : TABLES) {
            contents.put(
                    table,
                    admin.queryForList(
                            "select cast(t as text) from " + table + " t order by 1",
                            String.class));
        }
        return contents;
    }
}

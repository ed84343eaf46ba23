package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

class ResetIT {
    private static final List<String> TABLES =
            List.of("presence", "work_session", "punch", "leave_request", "company_position");

    @Test
    void aResetComesOutWithTheSameRowsWhereverItsEventsAreReadFrom() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        Map<String, List<String>> before;
        try (TestNode node = TestNode.start(database, "attendance.projection.batch-size=7")) {
            List<Company> companies =
                    List.of(new Company(node.log(), "a"), new Company(node.log(), "b"));
            for (Company company : companies) {
                company.registers("e1", "Ana", "s1");
                for (int i = 0; i < 20; i++) {
                    company.punchesIn("e1");
                    company.punchesOut("e1");
                }
                company.corrects(
                        "e1",
                        Instant.parse("2026-11-01T06:00:00Z"),
                        Instant.parse("2026-11-01T07:00:00Z"));
                company.approves(
                        "e1",
                        company.asksForLeave(
                                "e1", LocalDate.of(2027, 1, 1), LocalDate.of(2027, 1, 2)));
                company.approvesInOldWords(
                        "e1",
                        company.asksForLeave(
                                "e1", LocalDate.of(2027, 2, 1), LocalDate.of(2027, 2, 2)));
            }
            await().until(() -> positions(admin).equals(Map.of("a", 48L, "b", 48L)));
            before = contents(admin);
            assertThat(ReadModelFold.differences(admin)).isEmpty();

            rebuild(node, admin);
            assertThat(contents(admin)).isEqualTo(before);
            companies.getFirst().punchesIn("e1");
            await().until(() -> positions(admin).equals(Map.of("a", 49L, "b", 48L)));
            before = contents(admin);
        }
        // A node that has written nothing itself.
        try (TestNode node = TestNode.start(database)) {
            rebuild(node, admin);
            await().until(() -> positions(admin).equals(Map.of("a", 49L, "b", 48L)));
            assertThat(contents(admin)).isEqualTo(before);
            assertThat(ReadModelFold.differences(admin)).isEmpty();
        }
    }

    private static void rebuild(TestNode node, JdbcTemplate admin) {
        node.processor().shutDown();
        node.processor().resetTokens();
        assertThat(contents(admin).values()).allMatch(List::isEmpty);
        node.processor().start();
        await().until(() -> positions(admin).getOrDefault("a", 0L) >= 48L);
        await().until(() -> positions(admin).getOrDefault("b", 0L) == 48L);
    }

    private static Map<String, Long> positions(JdbcTemplate admin) {
        Map<String, Long> positions = new LinkedHashMap<>();
        admin.query(
                "select company_id, last_seq from company_position order by 1",
                row -> {
                    positions.put(row.getString(1), row.getLong(2));
                });
        return positions;
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

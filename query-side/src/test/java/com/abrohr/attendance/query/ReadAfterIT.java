package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.PageRequest;
import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.FindPunches;
import com.abrohr.attendance.messages.leave.FindLeaveRequests;
import com.abrohr.attendance.messages.workforce.FindEmployees;
import com.abrohr.attendance.query.projection.ReadYourWrites;

import org.axonframework.messaging.responsetypes.ResponseTypes;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CompletableFuture;

class ReadAfterIT {
    @Test
    void a_read_after_a_write_shows_it_on_every_node_whichever_projects_it() throws Exception {
        Database database = Database.create();
        try (TestNode one = TestNode.start(database);
                TestNode two = TestNode.start(database)) {
            one.processor().releaseSegment(1);
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> two.processor().processingStatus().containsKey(1));
            for (String name : List.of("c1", "c2", "c3", "c4")) {
                var company = new Company(one.log(), name);
                company.registers("e1", "Ana", "s1");
                awaitOn(two, new Position(name, "e1", 1));
                assertThat(ask(two, new FindEmployees(name, "e1", "s1", null, page())).items())
                        .hasSize(1);
                for (int punch = 0; punch < 12; punch++) {
                    TestNode reader = punch % 4 < 2 ? one : two;
                    if (punch % 2 == 0) {
                        company.punchesIn("e1");
                    } else {
                        company.punchesOut("e1");
                    }
                    awaitOn(reader, new Position(name, "e1", 2 + punch));
                    assertThat(ask(reader, punches(name)).items()).hasSize(punch + 1);
                }
                company.asksForLeave("e1", LocalDate.of(2027, 1, 4), LocalDate.of(2027, 1, 5));
                awaitOn(two, new Position(name, "e1", 14));
                assertThat(ask(two, new FindLeaveRequests(name, "e1", null, page())).items())
                        .hasSize(1);
            }
        }
    }

    @Test
    void a_reader_gives_up_while_the_projection_stands_still_and_is_served_once_it_goes_on()
            throws Exception {
        try (TestNode node =
                TestNode.start(Database.create(), "attendance.projection.read-patience=300ms")) {
            var company = new Company(node.log(), "still");
            company.punchesIn("e1");
            var first = new Position("still", "e1", 1);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> awaitOn(node, first));
            node.processor().shutDown();
            company.punchesOut("e1");
            var second = new Position("still", "e1", 2);

            awaitOn(node, first);
            for (Position unseen :
                    List.of(
                            second,
                            new Position("still", "e2", 2),
                            new Position("other", "e1", 1))) {
                assertThatThrownBy(() -> awaitOn(node, unseen))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal ->
                                        assertThat(refusal.code())
                                                .isEqualTo(RefusalCode.UNAVAILABLE));
            }

            node.processor().start();
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> awaitOn(node, second));
            assertThat(ask(node, punches("still")).items()).hasSize(2);
        }
    }

    @Test
    void whoWaitsForAParkedEmployeeIsToldSoAtOnce() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node = TestNode.start(database, "attendance.projection.read-patience=30s")) {
            var company = new Company(node.log(), "parked");
            company.punchesIn("e1");
            company.punchesIn("e2");
            awaitOn(node, new Position("parked", "e2", 2));
            admin.update("delete from work_session where employee_id = 'e1'");
            company.punchesOut("e1");
            company.punchesOut("e2");
            awaitOn(node, new Position("parked", "e2", 4));

            long begin = System.nanoTime();
            // Also of what comes after it, which waits behind it.
            for (long seq : new long[] {3, 5}) {
                assertThatThrownBy(() -> awaitOn(node, new Position("parked", "e1", seq)))
                        .isInstanceOfSatisfying(
                                Refusal.class,
                                refusal -> {
                                    assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE);
                                    assertThat(refusal.reason()).contains("repair");
                                });
            }
            awaitOn(node, new Position("parked", "e1", 1));
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void aReadThatWaitsDoesNotWaitUntilEnoughHasGathered() throws Exception {
        try (TestNode node =
                TestNode.start(
                        Database.create(),
                        "attendance.projection.linger=10m",
                        "attendance.projection.read-patience=20s")) {
            var company = new Company(node.log(), "linger");
            company.punchesIn("e1");
            awaitOn(node, new Position("linger", "e1", 1));
            var waiting =
                    CompletableFuture.runAsync(
                            () -> awaitOn(node, new Position("linger", "e1", 2)));
            company.punchesOut("e1");
            waiting.join();
            assertThat(ask(node, punches("linger")).items()).hasSize(2);
        }
    }

    private static void awaitOn(TestNode node, Position write) {
        node.bean(ReadYourWrites.class).await(write);
    }

    private static FindPunches punches(String company) {
        return new FindPunches(company, "e1", null, null, null, null, page());
    }

    private static PageRequest page() {
        return new PageRequest(100, null);
    }

    private static Page<?> ask(TestNode node, Object query) {
        return node.queries().query(query, ResponseTypes.instanceOf(Page.class)).join();
    }
}

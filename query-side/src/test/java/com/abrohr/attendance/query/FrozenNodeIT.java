package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.query.projection.QuerySideHealth;

import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** What a node does to the read models that stands still, or fails, in the middle of a flush. */
class FrozenNodeIT {
    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(5);
    private static final String CLAIMS = claims(CLAIM_TIMEOUT);
    private static final String SHORT_CLAIMS = claims(Duration.ofSeconds(2));

    /** Every statement before it has been sent: the token's row and the company are locked. */
    private static final String IN_THE_FLUSH = "insert into punch";

    private static String claims(Duration timeout) {
        return "attendance.projection.claim-timeout=" + timeout.toMillis() + "ms";
    }

    @Test
    void aNodeThatStandsStillInItsFlushHoldsNobodysBoardLongerThanItsClaim() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        var hooks = new DatabaseHooks();
        var thaw = new CountDownLatch(1);
        var frozen = new CountDownLatch(1);
        try (TestNode one =
                TestNode.start(database, hooks, CLAIMS, "attendance.projection.segments=1")) {
            await().until(() -> one.processor().processingStatus().size() == 1);
            try (TestNode two =
                    TestNode.start(database, CLAIMS, "attendance.projection.segments=1")) {
                var company = new Company(two.log(), "c1");
                company.punchesIn("e1");
                awaitPosition(admin, 1);
                hooks.statement =
                        sql -> {
                            if (sql.contains(IN_THE_FLUSH) && thaw.getCount() > 0) {
                                frozen.countDown();
                                awaitUninterruptibly(thaw);
                            }
                        };
                company.punchesOut("e1");
                assertThat(frozen.await(20, TimeUnit.SECONDS)).isTrue();

                long begin = System.nanoTime();
                company.punchesIn("e1");
                awaitPosition(admin, 3);

                // It takes over at its next look after the claim has expired.
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .isLessThan(CLAIM_TIMEOUT.multipliedBy(2));
                thaw.countDown();
                company.punchesOut("e1");
                awaitPosition(admin, 4);
                assertThat(ReadModelFold.differences(admin)).isEmpty();
            } finally {
                thaw.countDown();
            }
        }
    }

    @Test
    void anErrorInTheFlushIsRolledBackAndTriedAgain() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        var hooks = new DatabaseHooks();
        var errors = new AtomicInteger(1);
        try (TestNode node = TestNode.start(database, hooks)) {
            var company = new Company(node.log(), "c1");
            company.punchesIn("e1");
            awaitPosition(admin, 1);
            hooks.statement =
                    sql -> {
                        if (sql.contains(IN_THE_FLUSH) && errors.getAndDecrement() > 0) {
                            throw new StackOverflowError("of the test");
                        }
                    };
            company.punchesOut("e1");
            awaitPosition(admin, 2);

            assertThat(errors).hasNonPositiveValue();
            await().until(
                            () ->
                                    admin.queryForObject(
                                            "select count(*) from pg_stat_activity where datname ="
                                                    + " current_database() and state like 'idle in%'",
                                            Long.class),
                            count -> count == 0);
            assertThat(admin.queryForObject("select count(*) from dead_letter_entry", Long.class))
                    .isZero();
            assertThat(ReadModelFold.differences(admin)).isEmpty();
        }
    }

    @Test
    void aNodeThatFindsNoClaimIsNotReadyWhileNobodyProjects() throws Exception {
        Database database = Database.create();
        JdbcTemplate admin = database.admin();
        try (TestNode node =
                TestNode.start(database, SHORT_CLAIMS, "attendance.projection.max-lag=1s")) {
            var companies =
                    new Company[] {new Company(node.log(), "c1"), new Company(node.log(), "c4")};
            for (Company company : companies) {
                company.punchesIn("e1");
            }
            await().until(() -> health(node).equals(Status.UP));
            node.processor().shutDown();
            // By a node whose clock was ahead, and that is gone.
            admin.update(
                    "update token_entry set owner = 'gone', timestamp = '2099-01-01T00:00:00Z'");
            node.processor().start();
            for (Company company : companies) {
                company.punchesOut("e1");
            }

            await().atMost(Duration.ofSeconds(20)).until(() -> !health(node).equals(Status.UP));
            await().during(Duration.ofSeconds(3))
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> !health(node).equals(Status.UP));
            admin.update("update token_entry set owner = null");
            await().atMost(Duration.ofSeconds(20)).until(() -> health(node).equals(Status.UP));
            admin.update("delete from token_entry");
            assertThat(health(node)).isEqualTo(Status.DOWN);
        }
    }

    private static Status health(TestNode node) {
        return node.bean(QuerySideHealth.class).health().getStatus();
    }

    private static void awaitPosition(JdbcTemplate admin, long seq) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(20))
                .until(
                        () ->
                                admin.queryForList(
                                                "select last_seq from company_position where"
                                                        + " company_id = 'c1'",
                                                Long.class)
                                        .contains(seq));
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

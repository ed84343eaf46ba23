package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.query.board.ParkedEvents;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.List;

class PoisonEventIT {

    private JdbcTemplate admin;
    private TestNode node;
    private Company company;

    @BeforeEach
    void start() throws Exception {
        Database database = Database.create();
        admin = database.admin();
        node = TestNode.start(database);
        company = new Company(node.log(), "c1");
        for (String employee : List.of("e1", "e2", "e3")) {
            company.registers(employee, employee, "s1");
        }
        await().until(() -> lastSeq() == 3);
        node.processor().shutDown();
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void an_event_that_the_tables_refuse_parks_its_employee_and_nobody_else() {
        admin.execute(
                """
                create function refuse() returns trigger language plpgsql as $$
                begin
                    if new.employee_id = 'e2' then raise exception 'refused'; end if;
                    return new;
                end $$""");
        admin.execute(
                "create trigger refuse before insert on punch for each row execute function refuse()");
        company.punchesIn("e1");
        company.punchesIn("e2");
        company.punchesIn("e3");
        company.punchesOut("e2");
        company.punchesOut("e1");
        node.processor().start();

        // e1 in, e2 unknown, e3 in, e1 out
        await().until(() -> lastSeq() == 7);
        assertThat(presence("e1")).isEqualTo(Presence.OUT);
        assertThat(presence("e2")).isEqualTo(Presence.UNKNOWN);
        assertThat(presence("e3")).isEqualTo(Presence.IN);
        assertThat(node.bean(ParkedEvents.class).count()).isEqualTo(new ParkedEvents.Count(2, 1));
        assertThat(feed())
                .filteredOn(entry -> entry.employeeId().equals("e2"))
                .last()
                .satisfies(
                        entry -> {
                            assertThat(entry.update())
                                    .isInstanceOf(FeedUpdate.PresenceUnknown.class);
                            assertThat(entry.presence().presence()).isEqualTo(Presence.UNKNOWN);
                        });
        assertThatThrownBy(() -> node.bean(ParkedEvents.class).retry("c1", "e2"))
                .hasMessageContaining("refused");
        assertThat(node.bean(ParkedEvents.class).count()).isEqualTo(new ParkedEvents.Count(2, 1));

        admin.execute("drop trigger refuse on punch");
        assertThat(node.bean(ParkedEvents.class).retry("c1", "e2")).isEqualTo(2);

        assertThat(presence("e2")).isEqualTo(Presence.OUT);
        assertThat(node.bean(ParkedEvents.class).count()).isEqualTo(new ParkedEvents.Count(0, 0));
        company.punchesIn("e2");
        await().until(() -> presence("e2") == Presence.IN);
        assertThat(feed())
                .extracting(FeedEntry::seq)
                .containsExactlyElementsOf(
                        java.util.stream.LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void an_event_that_cannot_be_read_parks_its_employee_and_does_not_stop_the_group() {
        company.punchesIn("e1");
        company.punchesIn("e2");
        company.punchesIn("e3");
        admin.execute("alter table event_log disable trigger all");
        admin.update(
                "update event_log set payload = convert_to('{\"broken', 'UTF8')"
                        + " where employee_id = 'e1' and payload_type = 'PunchedIn'");
        admin.update(
                "update event_log set payload_type = 'FromTheFuture', payload_revision = '9'"
                        + " where employee_id = 'e2' and payload_type = 'PunchedIn'");
        company.punchesOut("e1");
        node.processor().start();

        await().until(() -> lastSeq() == 6);
        assertThat(presence("e1")).isEqualTo(Presence.UNKNOWN);
        assertThat(presence("e2")).isEqualTo(Presence.UNKNOWN);
        assertThat(presence("e3")).isEqualTo(Presence.IN);
        await().until(
                        () ->
                                node.bean(ParkedEvents.class)
                                        .count()
                                        .equals(new ParkedEvents.Count(3, 2)));
    }

    @Test
    void a_gap_in_a_stream_stops_the_group_and_parks_nobody() {
        company.punchesIn("e1");
        admin.execute("alter table event_log disable trigger all");
        admin.update("update event_log set sequence = 1 where payload_type = 'PunchedIn'");
        node.processor().start();

        await().atMost(Duration.ofSeconds(20))
                .until(
                        () ->
                                node.bean(QuerySideHealth.class)
                                        .health()
                                        .getStatus()
                                        .equals(Status.DOWN));
        assertThat(node.bean(QuerySideHealth.class).health().getDetails().get("fault"))
                .asString()
                .contains("expected event 0 next, found 1");
        assertThat(node.bean(ParkedEvents.class).count()).isEqualTo(new ParkedEvents.Count(0, 0));
        assertThat(lastSeq()).isEqualTo(3);
    }

    private long lastSeq() {
        return admin.queryForList("select last_seq from feed_head", Long.class).stream()
                .findFirst()
                .orElse(0L);
    }

    private List<FeedEntry> feed() {
        return node.queries()
                .query(new GetFeed("c1", 0, 1000, null), FeedPage.class)
                .join()
                .entries();
    }

    private Presence presence(String employee) {
        return node
                .queries()
                .query(new GetDashboard("c1"), DashboardView.class)
                .join()
                .rows()
                .stream()
                .filter(tile -> tile.employeeId().equals(employee))
                .map(PresenceView::presence)
                .findFirst()
                .orElseThrow();
    }
}

package com.abrohr.attendance.query.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletRequest;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Positions and the feed, from the request to what is asked of the read models. */
class ReadGateTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Caller MANAGER = new Caller("acme", "u1", "m1", Role.MANAGER, NOW);
    private static final Caller EMPLOYEE = new Caller("acme", "u2", "e1", Role.EMPLOYEE, NOW);

    private final List<Position> awaited = new ArrayList<>();
    private final List<GetFeed> asked = new ArrayList<>();
    private final List<FeedEntry> stored = new ArrayList<>();
    private final ReadGate gate = gate();

    @SuppressWarnings("resource") // Lives as long as the test.
    private ReadGate gate() {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        bus.<FeedPage>subscribe(
                GetFeed.class.getName(),
                FeedPage.class,
                message -> {
                    GetFeed query = (GetFeed) message.getPayload();
                    asked.add(query);
                    List<FeedEntry> found =
                            stored.stream()
                                    .filter(entry -> entry.seq() > query.afterSeq())
                                    .filter(
                                            entry ->
                                                    query.employeeId() == null
                                                            || query.employeeId()
                                                                    .equals(entry.employeeId()))
                                    .toList();
                    return new FeedPage(
                            new FeedPosition("epoch-1", stored.size()),
                            found.stream().limit(query.limit()).toList(),
                            found.size() > query.limit());
                });
        return new ReadGate(
                DefaultQueryGateway.builder().queryBus(bus).build(),
                awaited::add,
                new EntityTags(JsonMapper.builder().build()),
                Duration.ofSeconds(10));
    }

    @Test
    void a_read_waits_for_the_write_that_it_names() {
        var own = new Position("acme", "e1", 3);
        gate.awaitWrite(after(own.text()), EMPLOYEE);
        gate.awaitWrite(after(own.text()), MANAGER);
        gate.awaitWrite(new MockHttpServletRequest(), EMPLOYEE);
        assertThat(awaited).containsExactly(own, own);
    }

    @Test
    void a_position_that_the_caller_cannot_have_been_given_is_no_position() {
        String colleague = new Position("acme", "e2", 0).text();
        String elsewhere = new Position("beta", "e1", 0).text();
        List<String> said = new ArrayList<>();
        for (String text : List.of(colleague, elsewhere, "nonsense", "")) {
            assertThatThrownBy(() -> gate.awaitWrite(after(text), EMPLOYEE))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refusal -> {
                                assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                                assertThat(refusal.field()).isEqualTo("X-Read-After");
                                said.add(refusal.reason());
                            });
        }
        assertThat(said).hasSize(4).containsOnly(said.getFirst());
        assertThatThrownBy(() -> gate.awaitWrite(after(elsewhere), MANAGER))
                .isInstanceOf(Refusal.class);
        assertThat(awaited).isEmpty();
    }

    @Test
    void a_page_of_the_feed_is_full_although_some_entries_are_for_the_board_alone() {
        for (long seq = 1; seq <= 12; seq++) {
            stored.add(entry(seq, seq % 3 == 0 ? "e1" : "e2", seq % 2 == 0));
        }
        var page = feed(MANAGER, "after=1&limit=3");
        assertThat(page.items())
                .extracting(item -> ((FeedItem.Punched) item).seq())
                .containsExactly(2L, 4L, 6L);
        assertThat(page.nextAfter()).isEqualTo(6);
        assertThat(page.more()).isTrue();

        var rest = feed(MANAGER, "after=6&limit=50&epoch=epoch-1");
        assertThat(rest.items()).hasSize(3);
        assertThat(rest.more()).isFalse();
        assertThat(rest.nextAfter()).isEqualTo(12);
        assertThat(rest.epoch()).isEqualTo("epoch-1");
    }

    @Test
    void an_employee_hears_what_is_about_them() {
        for (long seq = 1; seq <= 6; seq++) {
            stored.add(entry(seq, seq % 3 == 0 ? "e1" : "e2", true));
        }
        var page = feed(EMPLOYEE, "");
        assertThat(page.items())
                .extracting(item -> ((FeedItem.Punched) item).seq())
                .containsExactly(3L, 6L);
        assertThat(page.nextAfter()).isEqualTo(6);
        assertThat(asked).extracting(GetFeed::employeeId).containsOnly("e1");
        assertThat(feed(EMPLOYEE, "after=6").nextAfter()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"after=3", "epoch=epoch-0", "after=1&epoch=epoch-0"})
    void numbers_that_the_feed_did_not_give_are_stale(String query) {
        stored.add(entry(1, "e1", true));
        stored.add(entry(2, "e1", true));
        assertThatThrownBy(() -> feed(MANAGER, query))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.STALE_VERSION);
                            assertThat(refusal.field()).isIn("after", "epoch");
                        });
    }

    @Test
    void aQueryThatIsNotAnsweredIsGivenUp() {
        SimpleQueryBus bus = SimpleQueryBus.builder().build();
        var asked = new CountDownLatch(1);
        var interrupted = new CountDownLatch(1);
        bus.<FeedPage>subscribe(
                GetFeed.class.getName(),
                FeedPage.class,
                _ -> {
                    asked.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } finally {
                        interrupted.countDown();
                    }
                    throw new IllegalStateException("nobody counts it down");
                });
        var impatient =
                new ReadGate(
                        DefaultQueryGateway.builder().queryBus(bus).build(),
                        awaited::add,
                        new EntityTags(JsonMapper.builder().build()),
                        Duration.ofSeconds(1));

        assertThatThrownBy(() -> impatient.ask(new GetFeed("acme", 0, 1, null), FeedPage.class))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
        assertThat(asked.getCount()).isZero();
        await().until(() -> interrupted.getCount() == 0);
    }

    private FeedController.Feed feed(Caller caller, String query) {
        var request = new MockHttpServletRequest();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            request.addParameter(pair.split("=")[0], pair.split("=")[1]);
        }
        return new FeedController(gate).read(request, caller);
    }

    private static MockHttpServletRequest after(String position) {
        var request = new MockHttpServletRequest();
        request.addHeader("X-Read-After", position);
        return request;
    }

    private static FeedEntry entry(long seq, String employee, boolean heard) {
        return new FeedEntry(
                "acme",
                seq,
                employee,
                NOW,
                heard
                        ? new FeedUpdate.Punched(
                                PunchType.IN,
                                NOW,
                                NOW,
                                false,
                                null,
                                "k",
                                new FeedUpdate.Session(
                                        "ws-1-" + employee, LocalDate.EPOCH, NOW, null))
                        : new FeedUpdate.EmployeeJoined());
    }
}

package com.abrohr.attendance.query.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

import tools.jackson.databind.json.JsonMapper;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Reads after writes, and queries that are not answered. */
class ReadGateTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Caller MANAGER = new Caller("acme", "u1", "m1", Role.MANAGER, NOW);
    private static final Caller EMPLOYEE = new Caller("acme", "u2", "e1", Role.EMPLOYEE, NOW);

    private final List<Position> awaited = new ArrayList<>();
    private final ReadGate gate = gate(SimpleQueryBus.builder().build());

    private ReadGate gate(SimpleQueryBus bus) {
        return new ReadGate(
                DefaultQueryGateway.builder().queryBus(bus).build(),
                awaited::add,
                JsonMapper.builder().build(),
                Duration.ofSeconds(1));
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
        assertThatThrownBy(() -> gate(bus).ask(new GetFeed("acme", 0, 1, null), FeedPage.class))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
        assertThat(asked.getCount()).isZero();
        await().until(() -> interrupted.getCount() == 0);
    }

    private static MockHttpServletRequest after(String position) {
        var request = new MockHttpServletRequest();
        request.addHeader("X-Read-After", position);
        return request;
    }
}

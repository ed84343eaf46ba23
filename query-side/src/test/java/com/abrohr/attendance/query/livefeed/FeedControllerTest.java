package com.abrohr.attendance.query.livefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.feed.BoardActivity;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.read.ReadGate;

import org.axonframework.queryhandling.DefaultQueryGateway;
import org.axonframework.queryhandling.SimpleQueryBus;
import org.jspecify.annotations.Nullable;
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

/** The pages of the feed, from the request to what is asked of the log. */
class FeedControllerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Caller MANAGER = new Caller("acme", "u1", "m1", Role.MANAGER, NOW);
    private static final Caller EMPLOYEE = new Caller("acme", "u2", "e1", Role.EMPLOYEE, NOW);

    private final List<GetFeed> asked = new ArrayList<>();
    private final List<FeedEntry> stored = new ArrayList<>();
    private final FeedController controller =
            new FeedController(gate(), new FeedMappings(List.of(new PunchesAsTheyAre())));

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
                _ -> {},
                JsonMapper.builder().build(),
                Duration.ofSeconds(10));
    }

    @Test
    void a_page_of_the_feed_is_full_although_some_entries_are_for_the_board_alone() {
        for (long seq = 1; seq <= 12; seq++) {
            stored.add(entry(seq, seq % 3 == 0 ? "e1" : "e2", seq % 2 == 0));
        }
        var page = feed(MANAGER, "after=1&limit=3");
        assertThat(page.items())
                .extracting(item -> ((FeedEntry) item).seq())
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
                .extracting(item -> ((FeedEntry) item).seq())
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

    private FeedController.Feed feed(Caller caller, String query) {
        var request = new MockHttpServletRequest();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            request.addParameter(pair.split("=")[0], pair.split("=")[1]);
        }
        return controller.read(request, caller);
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

    /** Shows punches, and nothing else. */
    private static final class PunchesAsTheyAre implements FeedMapping {
        @Override
        public @Nullable FeedUpdate update(RecordedEvent event, EarlierFacts earlier) {
            return null;
        }

        @Override
        public @Nullable BoardActivity activity(FeedEntry entry, String displayName) {
            return null;
        }

        @Override
        public @Nullable Object item(FeedEntry entry) {
            return entry.update() instanceof FeedUpdate.Punched ? entry : null;
        }
    }
}

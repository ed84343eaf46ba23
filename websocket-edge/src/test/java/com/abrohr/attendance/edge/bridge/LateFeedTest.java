package com.abrohr.attendance.edge.bridge;

import static com.abrohr.attendance.edge.bridge.BridgeFixture.MANAGER;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.after;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.json;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.numbers;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.position;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.edge.socketio.RecordingSocket;
import com.abrohr.attendance.messages.feed.FeedPosition;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;

/** Sockets that arrive before the feed of their company is followed. */
class LateFeedTest {

    private final BridgeFixture node = new BridgeFixture(Duration.ZERO);

    @BeforeEach
    void nobodyCanWatchYet() {
        node.log.append(3);
        node.log.failingWatches = Integer.MAX_VALUE;
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aSocketWaitsLongerForAFeedThanItUsedToAndShorterThanForAQuery() {
        assertThat(CompanyFeeds.START_TIMEOUT)
                .isGreaterThan(Duration.ofSeconds(3))
                .isLessThan(BoundedQueries.TIMEOUT);
    }

    @Test
    void whatItClaimsIsReadWhenItEnters() {
        PendingSubscription pending =
                node.subscriptions.prepare(MANAGER, json(after("first", 1)), "");
        assertThat(pending.fields()).isEmpty();

        becomesFollowed();
        node.happens(1);
        node.log.append(2);
        RecordingSocket socket = enter(pending);
        node.log.emit(5, 6);
        node.happens(1);

        heard(socket, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(socket.heard("resync_required")).isEmpty();
        assertThat(position(socket)).isEqualTo("first 6 true");
    }

    @Test
    void itsRecoveryIdCountsButNoOffsetsFollow() {
        String pid = RecoveryId.startingAt(new FeedPosition("first", 0), MANAGER).text();
        PendingSubscription pending =
                node.subscriptions.prepare(MANAGER, json(recovery(pid, "2")), "");

        becomesFollowed();
        RecordingSocket socket = enter(pending);
        node.happens(1);

        heard(socket, 3L, 4L);
        assertThat(socket.heard()).allMatch(each -> each.size() == 2);
    }

    @Test
    void whatCannotBeReadThenIsSaidOutLoud() {
        PendingSubscription pending =
                node.subscriptions.prepare(MANAGER, json(after("first", 1)), "");

        becomesFollowed();
        node.log.failingReads = 1;
        RecordingSocket socket = enter(pending);
        node.happens(1);

        heard(socket, 4L);
        assertThat(socket.heard("resync_required")).hasSize(1);
        assertThat(position(socket)).isEqualTo("first 3 false");
    }

    @Test
    void whoEntersBeforeTheFeedIsFollowedGetsAResyncOnceItIs() {
        RecordingSocket socket = node.enter(MANAGER, after("first", 1));
        assertThat(socket.heard()).isEmpty();

        becomesFollowed();
        node.happens(1);

        heard(socket, 4L);
        assertThat(socket.heard("resync_required")).hasSize(1);
    }

    private void becomesFollowed() {
        node.log.failingWatches = 0;
        node.bridge.find("c1").started().join();
    }

    private RecordingSocket enter(PendingSubscription pending) {
        RecordingSocket socket = node.enter(pending);
        await().until(() -> !socket.heard("feed_position").isEmpty());
        return socket;
    }

    /** The timer's thread may still be at it. */
    private static void heard(RecordingSocket socket, Long... numbers) {
        await().untilAsserted(() -> assertThat(numbers(socket)).containsExactly(numbers));
    }
}

package com.abrohr.attendance.edge.bridge;

import static com.abrohr.attendance.edge.bridge.BridgeFixture.EMPLOYEE;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.MANAGER;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.after;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.caller;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.deltas;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.json;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.numbers;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.position;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.abrohr.attendance.edge.socketio.RecordingSocket;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import tools.jackson.databind.JsonNode;

import java.util.List;

class LiveDashboardTest {

    private final BridgeFixture node = new BridgeFixture();

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void aBoardBeginsWithASnapshotAndGoesOnWithDeltas() {
        node.happens(3);
        RecordingSocket manager = node.enter(MANAGER, "{}");

        node.show(manager, MANAGER, "{}");
        node.happens(1);

        JsonNode snapshot = manager.heard("dashboard_snapshot").getFirst();
        assertThat(snapshot.path(1).path("seq").asLong()).isEqualTo(3);
        assertThat(snapshot.path(2).asString()).isEqualTo("3b3");
        JsonNode delta = manager.heard("dashboard_delta").getFirst();
        assertThat(delta.path(2).asString()).isEqualTo("4b4");
        assertThat(delta.path(1))
                .isEqualTo(
                        json(
                                """
                                {"seq":4,
                                 "rows":[{"employeeId":"e2","displayName":"e2","departmentId":null,
                                  "siteId":null,"zoneId":"UTC","presence":"IN",
                                  "since":"1970-01-01T00:00:00Z","sessionId":null,"location":null,
                                  "nextChangeAt":null}],
                                 "pendingLeave":{"upsert":[],"remove":[]},
                                 "activity":[{"seq":4,"kind":"PUNCH_IN","employeeId":"e2",
                                  "displayName":"e2","at":"1970-01-01T00:00:04Z","detail":null}]}
                                """));
    }

    @Test
    void aBoardThatWasThereIsOnlySentWhatHasChangedOnIt() {
        node.happens(5);
        RecordingSocket manager = node.enter(MANAGER, "{}");

        node.show(manager, MANAGER, after("first", 3));
        node.happens(1);

        assertThat(manager.heard("dashboard_snapshot")).isEmpty();
        assertThat(deltas(manager)).containsExactly(5L, 6L);
        assertThat(manager.heard("dashboard_delta").getFirst().path(1).path("activity")).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"older, 3", "first, 99"})
    void aBoardOfNumbersThatMeanNothingBeginsAnew(String epoch, long seq) {
        node.happens(5);
        RecordingSocket manager = node.enter(MANAGER, "{}");

        node.show(manager, MANAGER, after(epoch, seq));

        assertThat(manager.heard("dashboard_snapshot")).hasSize(1);
        assertThat(deltas(manager)).isEmpty();
    }

    @Test
    void aBoardThatWasAwayForTooLongBeginsAnew() {
        node.happens(5);
        node.log.changesKnownAfter = 4;
        RecordingSocket manager = node.enter(MANAGER, "{}");

        node.show(manager, MANAGER, after("first", 3));

        assertThat(manager.heard("dashboard_snapshot")).hasSize(1);
    }

    @Test
    void aSnapshotThatOthersAskedForIsBroughtUpToDate() {
        RecordingSocket first = node.enter(MANAGER, "{}");
        RecordingSocket second = node.enter(MANAGER, "{}");
        node.happens(2);
        node.show(first, MANAGER, "{}");
        node.happens(2);
        node.log.clockChanges("e9");

        node.show(second, MANAGER, "{}");
        node.happens(1);

        assertThat(second.heard("dashboard_snapshot").getFirst().path(1).path("seq").asLong())
                .isEqualTo(2);
        assertThat(deltas(first)).containsExactly(4L, 4L, 5L);
        assertThat(deltas(second)).containsExactly(4L, 5L);
    }

    @Test
    void theClockChangesTheBoardUnderTheSameNumberAndNothingElse() {
        RecordingSocket manager = node.enter(MANAGER, "{}");
        node.happens(2);
        node.show(manager, MANAGER, "{}");

        node.log.clockChanges("e1");

        JsonNode delta = manager.heard().getLast();
        assertThat(delta.path(0).asString()).isEqualTo("dashboard_delta");
        assertThat(delta.path(1).path("seq").asLong()).isEqualTo(2);
        assertThat(delta.path(1).at("/rows/0/presence").asString()).isEqualTo("ON_LEAVE");
        assertThat(delta.path(2).asString()).isEqualTo("2b2");
        assertThat(numbers(manager)).containsExactly(1L, 2L);
    }

    @Test
    void aBoardGoesOnByItselfWhereItStood() {
        String pid = node.pidOf(MANAGER);
        node.happens(6);

        RecordingSocket manager = node.enter(MANAGER, recovery(pid, "4b2"));
        node.happens(1);

        assertThat(numbers(manager)).containsExactly(5L, 6L, 7L);
        assertThat(position(manager)).isEqualTo("first 6 true");
        List<JsonNode> deltas = manager.heard("dashboard_delta");
        assertThat(deltas(manager)).containsExactly(6L, 7L);
        assertThat(deltas.getFirst().path(1).path("activity")).hasSize(4);
        assertThat(deltas)
                .extracting(each -> each.path(2).asString())
                .containsExactly("6b6", "7b7");
        assertThat(manager.heard("attendance_punch_in").getFirst().path(2).asString())
                .isEqualTo("5b2");
        assertThat(manager.heard("attendance_punch_in").getLast().path(2).asString())
                .isEqualTo("7b6");
    }

    @Test
    void whatHappensBetweenReadingAndEnteringReachesTheBoardToo() {
        String pid = node.pidOf(MANAGER);
        node.happens(2);
        PendingSubscription pending =
                node.subscriptions.prepare(MANAGER, json(recovery(pid, "1b1")), "");
        node.happens(2);
        node.log.clockChanges("e9");

        RecordingSocket manager = node.enter(pending);
        node.happens(1);

        assertThat(numbers(manager)).containsExactly(2L, 3L, 4L, 5L);
        assertThat(deltas(manager)).containsExactly(2L, 4L, 5L);
    }

    @Test
    void aBoardThatIsAheadOfWhatWasDeliveredMissesNothing() {
        RecordingSocket other = node.enter(MANAGER, "{}");
        node.show(other, MANAGER, "{}");
        node.log.append(2);

        RecordingSocket ahead = node.enter(MANAGER, "{}");
        node.show(ahead, MANAGER, after("first", 0));
        node.log.emit(1, 1);
        node.log.emit(2, 2);
        node.happens(1);

        assertThat(deltas(other)).containsExactly(1L, 2L, 3L);
        assertThat(deltas(ahead)).startsWith(2L).endsWith(3L);
        assertThat(numbers(ahead)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whoCannotBeShownWhatChangedIsAskedToBeginAnew() {
        String pid = node.pidOf(MANAGER);
        node.happens(5);
        node.log.changesKnownAfter = 4;

        RecordingSocket manager = node.enter(MANAGER, recovery(pid, "4b2"));

        assertThat(manager.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(deltas(manager)).isEmpty();
    }

    @Test
    void anAuditorsBoardGoesOnWithoutThePunchesOfOthers() {
        var auditor = caller("a1", Role.AUDITOR);
        String pid = node.pidOf(auditor);
        node.happens(3);

        RecordingSocket socket = node.enter(auditor, recovery(pid, "1b1"));
        node.happens(1);

        assertThat(numbers(socket)).isEmpty();
        assertThat(deltas(socket)).containsExactly(3L, 4L);
    }

    @Test
    void theBoardIsNotForEmployees() {
        RecordingSocket employee = node.enter(EMPLOYEE, "{}");

        assertThatThrownBy(() -> node.show(employee, EMPLOYEE, "{}"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.FORBIDDEN));
    }

    @Test
    void aBoardIsNotPromisedWhileTheFeedCannotBeFollowed() {
        node.log.failingWatches = 1_000;
        RecordingSocket socket = node.enter(MANAGER, "{}");

        assertThatThrownBy(() -> node.show(socket, MANAGER, "{}"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
    }
}

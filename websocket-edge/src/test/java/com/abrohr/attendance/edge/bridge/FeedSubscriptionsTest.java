package com.abrohr.attendance.edge.bridge;

import static com.abrohr.attendance.edge.bridge.BridgeFixture.EMPLOYEE;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.MANAGER;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.after;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.caller;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.json;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.numbers;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.position;
import static com.abrohr.attendance.edge.bridge.BridgeFixture.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.RecordingSocket;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.Stream;

class FeedSubscriptionsTest {

    private final BridgeFixture node = new BridgeFixture();
    private final FeedInMemory log = node.log;
    private final FeedSubscriptions subscriptions = node.subscriptions;

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void whoIsNewHearsNothingOfBeforeAndEverythingFromThenOn() {
        log.append(3);

        RecordingSocket manager = enter(MANAGER, "{}");
        happens(2);

        assertThat(numbers(manager)).containsExactly(4L, 5L);
        assertThat(position(manager)).isEqualTo("first 3 false");
    }

    @Test
    void whoComesBackWithItsOffsetHearsWhatItMissedOnceAndInOrder() {
        RecordingSocket before = enter(MANAGER, "{}");
        happens(3);
        String pid = pidOf(MANAGER);
        String offset = before.heard().getLast().path(2).asString();
        node.rooms.leaveAll(before);

        happens(4);
        RecordingSocket after = enter(MANAGER, recovery(pid, offset));
        happens(1);

        assertThat(numbers(after)).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(after.heard("attendance_punch_in")).allMatch(each -> each.path(2).isString());
        assertThat(position(after)).isEqualTo("first 7 true");
        assertThat(after.heard("resync_required")).isEmpty();
    }

    @Test
    void whoHadHeardNothingBeginsWhereItsRecoveryIdSays() {
        log.append(2);
        String pid = pidOf(EMPLOYEE);
        happens(4);

        RecordingSocket employee = enter(EMPLOYEE, "{\"pid\":\"" + pid + "\"}");

        assertThat(numbers(employee)).containsExactly(3L, 5L);
    }

    @Test
    void anEmployeeHearsOnlyOfThemself() {
        happens(6);

        RecordingSocket employee = enter(EMPLOYEE, after("first", 1));
        happens(3);

        assertThat(numbers(employee)).containsExactly(3L, 5L, 7L, 9L);
        assertThat(employee.heard("attendance_update")).hasSize(4);
        assertThat(employee.heard("attendance_punch_in")).isEmpty();
    }

    /** All that the client for Java and Android can put into its auth. */
    @Test
    void aNumberMayBeGivenAsText() {
        happens(3);

        RecordingSocket manager = enter(MANAGER, "{\"epoch\":\"first\",\"afterSeq\":\"1\"}");

        assertThat(numbers(manager)).containsExactly(2L, 3L);
    }

    @Test
    void aConnectionBeginsWithTheTimeOfTheServer() {
        RecordingSocket employee = enter(EMPLOYEE, "{}");

        assertThat(employee.heard("feed_position").getFirst().path(1).path("serverTime").asString())
                .isEqualTo("2026-11-23T09:00:00.123Z");
    }

    @Test
    void theSocketThatSentAPunchHearsItByItsOwnNameOthersAsAnUpdate() {
        node.sentByClient = "cmd-5";
        RecordingSocket employee = enter(EMPLOYEE, "{}");

        happens(7);

        assertThat(employee.heard())
                .extracting(each -> each.path(0).asString())
                .containsExactly(
                        "feed_position",
                        "attendance_update",
                        "attendance_update",
                        "work_session_updated",
                        "attendance_update");
    }

    @Test
    void theFurtherClaimCountsSoThatNothingIsDeliveredTwice() {
        String pid = pidOf(MANAGER);
        happens(5);

        RecordingSocket further =
                enter(
                        MANAGER,
                        "{\"pid\":\"%s\",\"offset\":\"2\",\"epoch\":\"first\",\"afterSeq\":4}"
                                .formatted(pid));

        assertThat(numbers(further)).containsExactly(5L);
    }

    @Test
    void aNodeThatIsBehindCatchesUpBeforeItLetsAnybodyInWhoIsAhead() {
        RecordingSocket other = enter(MANAGER, "{}");
        log.append(5);

        RecordingSocket ahead = enter(MANAGER, after("first", 4));
        log.emit(1, 5);
        happens(1);

        assertThat(numbers(ahead)).containsExactly(5L, 6L);
        assertThat(numbers(other)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatHappensBetweenReadingAndEnteringIsDeliveredOnce() {
        happens(3);
        PendingSubscription pending = subscriptions.prepare(MANAGER, json(after("first", 1)), "");
        happens(2);
        RecordingSocket socket = node.enter(pending);
        happens(1);

        assertThat(numbers(socket)).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void nobodyGetsABoardByClaimingOne() {
        String pid = pidOf(EMPLOYEE);
        happens(3);

        RecordingSocket employee = enter(EMPLOYEE, recovery(pid, "0b0"));
        happens(2);

        assertThat(employee.heard("dashboard_delta")).isEmpty();
        assertThat(numbers(employee)).containsExactly(1L, 3L, 5L);
    }

    @Test
    void whoComesBackGoesOnOverNumbersThatNobodyHearsOf() {
        node.unannounced = seq -> seq % 4 != 1;
        happens(2);
        String pid = pidOf(MANAGER);
        RecordingSocket before = enter(MANAGER, "{}");
        happens(3);
        node.rooms.leaveAll(before);
        happens(5);

        RecordingSocket after =
                enter(MANAGER, recovery(pid, before.heard().getLast().path(2).asString()));
        RecordingSocket employee = enter(EMPLOYEE, after("first", 1));
        happens(4);

        assertThat(numbers(before)).containsExactly(5L);
        assertThat(numbers(after)).containsExactly(9L, 13L);
        assertThat(position(after)).isEqualTo("first 10 true");
        assertThat(numbers(employee)).containsExactly(5L, 9L, 13L);
        assertThat(employee.heard("resync_required")).isEmpty();
    }

    @Test
    void aPunchOfTheManagersOwnIsOneEntryInTwoEvents() {
        Caller manager = caller("e1", Role.MANAGER);
        RecordingSocket socket = enter(manager, "{}");
        happens(2);

        assertThat(events(socket))
                .containsExactly(
                        "attendance_punch_in 1", "attendance_update 1", "attendance_punch_in 2");
        assertThat(events(enter(manager, after("first", 0)))).isEqualTo(events(socket));
        assertThat(events(enter(manager, after("first", 1))))
                .containsExactly("attendance_punch_in 2");
    }

    @Test
    void whatDoesNotFitOnePageIsNotDeliveredOneByOne() {
        happens(5);
        log.pageLimit = 3;

        RecordingSocket tooLate = enter(MANAGER, after("first", 1));
        RecordingSocket justInTime = enter(MANAGER, after("first", 2));

        assertThat(tooLate.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(numbers(tooLate)).isEmpty();
        assertThat(numbers(justInTime)).containsExactly(3L, 4L, 5L);
    }

    @Test
    void whoSeesThatTheEpochChangedMakesTheNodeNotice() {
        RecordingSocket other = enter(MANAGER, "{}");
        happens(3);
        log.epoch = "restored";

        RecordingSocket socket = enter(MANAGER, after("first", 1));

        for (RecordingSocket each : List.of(other, socket)) {
            JsonNode resync = each.heard("resync_required").getLast().path(1);
            assertThat(resync.path("reason").asString()).isEqualTo("the epoch changed");
            assertThat(resync.path("epoch").asString()).isEqualTo("restored");
        }
        assertThat(position(socket)).isEqualTo("restored 3 false");
    }

    @Test
    void aSocketThatCannotEnterIsClosedAndNotLeftInSilence() {
        PendingSubscription pending = subscriptions.prepare(MANAGER, json("{}"), "");
        ClientSocket socket = mock();
        doThrow(new IllegalStateException("cannot be sent")).when(socket).send(any());

        subscriptions.subscribe(socket, pending);

        verify(socket).disconnect(CloseReason.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"false\""})
    void whoDeclinesRecoveryHearsNoOffsets(String no) {
        PendingSubscription pending =
                subscriptions.prepare(MANAGER, json("{\"recovery\":" + no + "}"), "");
        RecordingSocket socket = node.enter(pending);
        happens(1);

        assertThat(pending.fields()).isEmpty();
        assertThat(socket.heard("attendance_punch_in").getFirst().size()).isEqualTo(2);
    }

    @Test
    void whoDeclinesRecoveryInTheQueryHearsNoOffsets() {
        PendingSubscription pending = subscriptions.prepare(MANAGER, json("{}"), "recovery=0");
        RecordingSocket socket = node.enter(pending);
        happens(1);

        assertThat(pending.fields()).isEmpty();
        assertThat(socket.heard("attendance_punch_in").getFirst().size()).isEqualTo(2);
    }

    static Stream<Arguments> claimsThatMeanNothing() {
        return Stream.of(
                arguments("another epoch", after("older", 1)),
                arguments("a number not given yet", after("first", 99)),
                arguments("a pid never given", recovery("x", "1")),
                arguments("an offset never given", recovery("PID", "one")),
                arguments(
                        "a pid of another epoch",
                        recovery("older.0.0123456789abcdef01234567", "1")),
                arguments("somebody else's pid", recovery("OTHER", "1")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("claimsThatMeanNothing")
    void whatCannotBeFilledIsSaidOutLoud(String claim, String auth) {
        String own = pidOf(MANAGER);
        String others = pidOf(EMPLOYEE);
        happens(3);

        RecordingSocket socket = enter(MANAGER, auth.replace("PID", own).replace("OTHER", others));
        happens(1);

        assertThat(socket.heard("resync_required")).hasSize(1);
        JsonNode resync = socket.heard("resync_required").getFirst().path(1);
        assertThat(resync.path("epoch").asString()).isEqualTo("first");
        assertThat(resync.path("seq").asLong()).isEqualTo(3);
        assertThat(position(socket)).isEqualTo("first 3 false");
        assertThat(numbers(socket)).containsExactly(4L);
    }

    @Test
    void moreThanAQueueHoldsIsNotDeliveredOneByOne() {
        happens(FeedReader.LIMIT + 1);

        RecordingSocket tooLate = enter(MANAGER, after("first", 1));
        RecordingSocket justInTime = enter(MANAGER, after("first", 2));

        assertThat(tooLate.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(numbers(tooLate)).isEmpty();
        assertThat(numbers(justInTime)).hasSize(FeedReader.LIMIT - 1);
    }

    @Test
    void moreThanFitsAQueueIsNotDeliveredEither() {
        node.commandIdLength = 4_000;
        happens(100);

        RecordingSocket socket = enter(MANAGER, after("first", 0));

        assertThat(socket.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(numbers(socket)).isEmpty();
    }

    @Test
    void everyConnectionGivesTheClientAnOffsetOfItsOwnEpoch() {
        happens(3);

        RecordingSocket socket = enter(MANAGER, "{}");

        assertThat(socket.heard("feed_position").getFirst().path(2).asString()).isEqualTo("3");
    }

    @Test
    void aFeedThatCannotBeReadIsSaidOutLoudToo() {
        enter(MANAGER, "{}");
        happens(3);
        log.failingReads = 1;

        RecordingSocket socket = enter(MANAGER, after("first", 1));
        happens(1);

        assertThat(socket.heard("resync_required")).hasSize(1);
        assertThat(numbers(socket)).containsExactly(4L);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"epoch":"first"}                      | auth.afterSeq
                    {"afterSeq":1}                         | auth.epoch
                    {"epoch":"first","afterSeq":-1}        | auth.afterSeq
                    {"epoch":"first","afterSeq":1.5}       | auth.afterSeq
                    {"epoch":"first","afterSeq":"1x"}      | auth.afterSeq
                    {"epoch":"first","afterSeq":""}        | auth.afterSeq
                    {"epoch":"first","afterSeq":1e30}      | auth.afterSeq
                    {"epoch":7,"afterSeq":1}               | auth.epoch
                    {"pid":{}}                             | auth.pid
                    {"pid":"x","offset":1}                 | auth.offset
                    {"recovery":"no"}                      | auth.recovery
                    """)
    void aClaimThatNobodyCanReadIsRefusedByItsField(String auth, String field) {
        assertThatThrownBy(() -> subscriptions.prepare(MANAGER, json(auth), ""))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private static List<String> events(RecordingSocket socket) {
        return socket.heard().stream()
                .filter(each -> each.path(0).asString().startsWith("attendance_"))
                .map(each -> each.path(0).asString() + ' ' + each.path(1).path("seq").asLong())
                .toList();
    }

    private RecordingSocket enter(Caller caller, String auth) {
        return node.enter(caller, auth);
    }

    private String pidOf(Caller caller) {
        return node.pidOf(caller);
    }

    private void happens(int count) {
        node.happens(count);
    }
}

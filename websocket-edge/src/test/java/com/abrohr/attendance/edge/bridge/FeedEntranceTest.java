package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.abrohr.attendance.edge.socketio.HearingSocket;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.attendance.WorkSessionView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
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
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

/** Odd numbers are punches of e1, even ones of e2. */
class FeedEntranceTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Caller MANAGER = caller("m1", Role.MANAGER);
    private static final Caller EMPLOYEE = caller("e1", Role.EMPLOYEE);

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    private final Rooms rooms = new Rooms();
    private final FeedInMemory table = new FeedInMemory(this::entry);
    private final FeedBridge bridge =
            new FeedBridge(
                    table,
                    new RoomAudience(rooms, new BoardCounts(null, rooms, Runnable::run, timer)),
                    Runnable::run,
                    timer);
    private final FeedEntrance entrance = new FeedEntrance(bridge, rooms);
    private String sentByClient = "";
    private int commandIdLength = 0;

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void whoIsNewHearsNothingOfBeforeAndEverythingFromThenOn() {
        table.append(3);

        HearingSocket manager = enter(MANAGER, "{}");
        happens(2);

        assertThat(numbers(manager)).containsExactly(4L, 5L);
        assertThat(position(manager)).isEqualTo("first 3 false");
    }

    @Test
    void whoComesBackWithItsOffsetHearsWhatItMissedOnceAndInOrder() {
        HearingSocket before = enter(MANAGER, "{}");
        happens(3);
        String pid = pidOf(MANAGER);
        String offset = before.heard().getLast().path(2).asString();
        rooms.leaveAll(before);

        happens(4);
        HearingSocket after = enter(MANAGER, recovery(pid, offset));
        happens(1);

        assertThat(numbers(after)).containsExactly(4L, 5L, 6L, 7L, 8L);
        assertThat(after.heard("attendance_punch_in")).allMatch(each -> each.path(2).isString());
        assertThat(position(after)).isEqualTo("first 7 true");
        assertThat(after.heard("resync_required")).isEmpty();
    }

    @Test
    void whoHadHeardNothingBeginsWhereItsRecoveryIdSays() {
        table.append(2);
        String pid = pidOf(EMPLOYEE);
        happens(4);

        HearingSocket employee = enter(EMPLOYEE, "{\"pid\":\"" + pid + "\"}");

        assertThat(numbers(employee)).containsExactly(3L, 5L);
    }

    @Test
    void anEmployeeIsToldOnlyOfThemself() {
        happens(6);

        HearingSocket employee = enter(EMPLOYEE, after("first", 1));
        happens(3);

        assertThat(numbers(employee)).containsExactly(3L, 5L, 7L, 9L);
        assertThat(employee.heard("attendance_update")).hasSize(4);
        assertThat(employee.heard("attendance_punch_in")).isEmpty();
    }

    /** All that the client for Java and Android can put into its auth. */
    @Test
    void aNumberMayBeGivenAsText() {
        happens(3);

        HearingSocket manager = enter(MANAGER, "{\"epoch\":\"first\",\"afterSeq\":\"1\"}");

        assertThat(numbers(manager)).containsExactly(2L, 3L);
    }

    @Test
    void theSocketThatSentAPunchHearsItByItsOwnNameOthersAsAnUpdate() {
        sentByClient = "cmd-5";
        HearingSocket employee = enter(EMPLOYEE, "{}");

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
    void theFurtherClaimCountsSoThatNothingIsToldTwice() {
        String pid = pidOf(MANAGER);
        happens(5);

        HearingSocket further =
                enter(
                        MANAGER,
                        "{\"pid\":\"%s\",\"offset\":\"2\",\"epoch\":\"first\",\"afterSeq\":4}"
                                .formatted(pid));

        assertThat(numbers(further)).containsExactly(5L);
    }

    @Test
    void aNodeThatIsBehindCatchesUpBeforeItLetsAnybodyInWhoIsAhead() {
        HearingSocket other = enter(MANAGER, "{}");
        table.append(5);

        HearingSocket ahead = enter(MANAGER, after("first", 4));
        table.emit(1, 5);
        happens(1);

        assertThat(numbers(ahead)).containsExactly(5L, 6L);
        assertThat(numbers(other)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void whatHappensBetweenReadingAndEnteringIsToldOnce() {
        happens(3);
        Arrival arrival = entrance.arrive(MANAGER, JSON.readTree(after("first", 1)));
        happens(2);
        HearingSocket socket = new HearingSocket(new Session(arrival));

        entrance.enter(socket, arrival);
        happens(1);

        assertThat(numbers(socket)).containsExactly(2L, 3L, 4L, 5L, 6L);
    }

    @Test
    void aBoardGoesOnWhereItStood() {
        String pid = pidOf(MANAGER);
        happens(6);

        HearingSocket manager = enter(MANAGER, recovery(pid, "4b2"));
        happens(1);

        assertThat(numbers(manager)).containsExactly(5L, 6L, 7L);
        List<JsonNode> deltas = manager.heard("dashboard_delta");
        assertThat(deltas)
                .extracting(each -> each.path(1).path("prev").asLong())
                .containsExactly(2L, 6L);
        assertThat(deltas)
                .extracting(each -> each.path(1).path("seq").asLong())
                .containsExactly(6L, 7L);
        assertThat(deltas)
                .extracting(each -> each.path(2).asString())
                .containsExactly("6b6", "7b7");
        assertThat(manager.heard("attendance_punch_in").getLast().path(2).asString())
                .isEqualTo("7b6");
    }

    @Test
    void nobodyGetsABoardByClaimingOne() {
        String pid = pidOf(EMPLOYEE);
        happens(3);

        HearingSocket employee = enter(EMPLOYEE, recovery(pid, "0b0"));
        happens(2);

        assertThat(employee.heard("dashboard_delta")).isEmpty();
        assertThat(numbers(employee)).containsExactly(1L, 3L, 5L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "\"false\""})
    void whoDeclinesRecoveryHearsNoOffsets(String no) {
        Arrival arrival = entrance.arrive(MANAGER, JSON.readTree("{\"recovery\":" + no + "}"));
        HearingSocket socket = new HearingSocket(new Session(arrival));
        entrance.enter(socket, arrival);
        happens(1);

        assertThat(arrival.fields()).isEmpty();
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

        HearingSocket socket = enter(MANAGER, auth.replace("PID", own).replace("OTHER", others));
        happens(1);

        assertThat(socket.heard("resync_required")).hasSize(1);
        JsonNode resync = socket.heard("resync_required").getFirst().path(1);
        assertThat(resync.path("epoch").asString()).isEqualTo("first");
        assertThat(resync.path("seq").asLong()).isEqualTo(3);
        assertThat(position(socket)).isEqualTo("first 3 false");
        assertThat(numbers(socket)).containsExactly(4L);
    }

    @Test
    void moreThanAQueueHoldsIsNotToldOneByOne() {
        happens(FeedReader.LIMIT + 1);

        HearingSocket tooLate = enter(MANAGER, after("first", 1));
        HearingSocket justInTime = enter(MANAGER, after("first", 2));

        assertThat(tooLate.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(numbers(tooLate)).isEmpty();
        assertThat(numbers(justInTime)).hasSize(FeedReader.LIMIT - 1);
    }

    @Test
    void moreThanFitsAQueueIsNotToldEither() {
        commandIdLength = 4_000;
        happens(100);

        HearingSocket socket = enter(MANAGER, after("first", 0));

        assertThat(socket.heard("resync_required").getFirst().path(1).path("reason").asString())
                .isEqualTo("too much was missed");
        assertThat(numbers(socket)).isEmpty();
    }

    @Test
    void everyConnectionGivesTheClientAnOffsetOfItsOwnEpoch() {
        happens(3);

        HearingSocket socket = enter(MANAGER, "{}");

        assertThat(socket.heard("feed_position").getFirst().path(2).asString()).isEqualTo("3");
    }

    @Test
    void aBoardIsNotPromisedWhileTheFeedCannotBeFollowed() {
        table.failingWatches = 1_000;
        HearingSocket socket = enter(MANAGER, "{}");

        assertThatThrownBy(
                        () ->
                                new LiveDashboard(null, bridge, rooms)
                                        .show(socket, MANAGER, JSON.readTree("{}")))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.code()).isEqualTo(RefusalCode.UNAVAILABLE));
    }

    @Test
    void aFeedThatCannotBeReadIsSaidOutLoudToo() {
        enter(MANAGER, "{}");
        happens(3);
        table.failingReads = 1;

        HearingSocket socket = enter(MANAGER, after("first", 1));
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
        assertThatThrownBy(() -> entrance.arrive(MANAGER, JSON.readTree(auth)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.field()).isEqualTo(field));
    }

    private HearingSocket enter(Caller caller, String auth) {
        Arrival arrival = entrance.arrive(caller, JSON.readTree(auth));
        HearingSocket socket = new HearingSocket(new Session(arrival));
        entrance.enter(socket, arrival);
        return socket;
    }

    private String pidOf(Caller caller) {
        return (String) entrance.arrive(caller, JSON.readTree("{}")).fields().get("pid");
    }

    /** Stored and emitted, to those who are in. */
    private void happens(int count) {
        long from = table.entries.size() + 1L;
        table.append(count);
        table.emit(from, from + count - 1);
    }

    private static List<Long> numbers(HearingSocket socket) {
        return socket.heard().stream()
                .filter(each -> each.path(0).asString().startsWith("attendance_"))
                .map(each -> each.path(1).path("seq").asLong())
                .toList();
    }

    private static String position(HearingSocket socket) {
        JsonNode position = socket.heard("feed_position").getFirst().path(1);
        return position.path("epoch").asString()
                + ' '
                + position.path("seq").asLong()
                + ' '
                + position.path("resumed").asBoolean();
    }

    private FeedEntry entry(long seq) {
        String employee = seq % 2 == 1 ? "e1" : "e2";
        Instant at = Instant.EPOCH.plusSeconds(seq);
        var session =
                new WorkSessionView(
                        "ws-" + seq + '-' + employee,
                        employee,
                        LocalDate.EPOCH,
                        "UTC",
                        at,
                        null,
                        false);
        return new FeedEntry(
                "c1",
                seq,
                seq - 1,
                Math.max(0, seq - 2),
                employee,
                at,
                new FeedUpdate.Punched(
                        PunchType.IN,
                        at,
                        null,
                        "cmd-" + seq + "-".repeat(commandIdLength),
                        session),
                null);
    }

    private static Caller caller(String id, Role role) {
        return new Caller("c1", id, id, role, Instant.MAX);
    }

    /** As the session of a socket that was let in. */
    private final class Session implements Follower {
        private final boolean recovers;
        private boolean board;

        private Session(Arrival arrival) {
            recovers = arrival.recovers();
        }

        @Override
        public boolean recovers() {
            return recovers;
        }

        @Override
        public boolean hasBoard() {
            return board;
        }

        @Override
        public void beginBoard() {
            board = true;
        }

        @Override
        public boolean sent(String commandId) {
            return commandId.equals(sentByClient);
        }
    }

    private static String after(String epoch, long seq) {
        return "{\"epoch\":\"%s\",\"afterSeq\":%d}".formatted(epoch, seq);
    }

    private static String recovery(String pid, String offset) {
        return "{\"pid\":\"%s\",\"offset\":\"%s\"}".formatted(pid, offset);
    }
}

package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.RecordingSocket;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongPredicate;

/** Clients of company c1 on one node. Odd numbers are punches of e1, even ones of e2. */
final class BridgeFixture implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-23T09:00:00.123456Z");

    static final Caller MANAGER = caller("m1", Role.MANAGER);
    static final Caller EMPLOYEE = caller("e1", Role.EMPLOYEE);
    private static final JsonMapper JSON = JsonMapper.builder().build();

    final FeedInMemory log = new FeedInMemory(this::entry);
    final Rooms rooms = new Rooms();
    final CompanyFeeds bridge;
    final FeedSubscriptions subscriptions;
    final LiveDashboard dashboard;
    String sentByClient = "";
    int commandIdLength;
    LongPredicate unannounced = seq -> false;

    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();

    BridgeFixture() {
        this(CompanyFeeds.START_TIMEOUT);
    }

    BridgeFixture(Duration startTimeout) {
        var counts =
                new PresenceCountPublisher(
                        new BoundedQueries(null, Runnable::run, BoundedQueries.TIMEOUT),
                        rooms,
                        Runnable::run,
                        timer);
        bridge =
                new CompanyFeeds(
                        log, new RoomAudience(rooms, counts), Runnable::run, timer, startTimeout);
        subscriptions = new FeedSubscriptions(bridge, rooms, Clock.fixed(NOW, ZoneOffset.UTC));
        dashboard = new LiveDashboard(bridge, rooms);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    static Caller caller(String id, Role role) {
        return new Caller("c1", id, id, role, Instant.MAX);
    }

    RecordingSocket enter(Caller caller, String auth) {
        return enter(subscriptions.prepare(caller, json(auth), ""));
    }

    RecordingSocket enter(PendingSubscription pending) {
        RecordingSocket socket = new RecordingSocket(new Session(pending.recovers()));
        subscriptions.subscribe(socket, pending);
        return socket;
    }

    void show(RecordingSocket socket, Caller caller, String request) {
        dashboard.show(socket, caller, json(request));
    }

    String pidOf(Caller caller) {
        return (String) subscriptions.prepare(caller, json("{}"), "").fields().get("pid");
    }

    /** Stored and emitted, to those who are in. */
    void happens(int count) {
        long from = log.entries.size() + 1L;
        log.append(count);
        log.emit(from, from + count - 1);
    }

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    static String after(String epoch, long seq) {
        return "{\"epoch\":\"%s\",\"afterSeq\":%d}".formatted(epoch, seq);
    }

    static String recovery(String pid, String offset) {
        return "{\"pid\":\"%s\",\"offset\":\"%s\"}".formatted(pid, offset);
    }

    static List<Long> numbers(RecordingSocket socket) {
        return socket.heard().stream()
                .filter(each -> each.path(0).asString().startsWith("attendance_"))
                .map(each -> each.path(1).path("seq").asLong())
                .toList();
    }

    static List<Long> deltas(RecordingSocket socket) {
        return socket.heard("dashboard_delta").stream()
                .map(each -> each.path(1).path("seq").asLong())
                .toList();
    }

    static String position(RecordingSocket socket) {
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
                new FeedUpdate.Session("ws-" + seq + '-' + employee, LocalDate.EPOCH, at, null);
        var punched =
                new FeedUpdate.Punched(
                        PunchType.IN,
                        at,
                        at,
                        false,
                        null,
                        "cmd-" + seq + "-".repeat(commandIdLength),
                        session);
        return new FeedEntry(
                "c1",
                seq,
                employee,
                at,
                unannounced.test(seq) ? new FeedUpdate.Unannounced() : punched);
    }

    /** As the session of a socket that was let in. */
    private final class Session implements FeedSubscriber {
        private final boolean recovers;
        private boolean board;

        private Session(boolean recovers) {
            this.recovers = recovers;
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
        public void boardShown() {
            board = true;
        }

        @Override
        public boolean sent(String commandId) {
            return commandId.equals(sentByClient);
        }
    }
}

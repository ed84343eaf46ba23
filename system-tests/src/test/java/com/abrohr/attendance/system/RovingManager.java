package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClient.Heard;
import com.abrohr.attendance.system.harness.SocketIoClients;

import tools.jackson.databind.JsonNode;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A manager with a live board who goes to another node when the connection ends, and goes on where
 * they stood: with the epoch and the last number that they applied, as the protocol page has it.
 * What a node that has just come cannot tell is read over REST.
 */
final class RovingManager implements AutoCloseable {
    private static final Set<String> ENTRIES =
            Set.of(
                    "attendance_punch_in",
                    "attendance_punch_out",
                    "attendance_update",
                    "leave_request_new",
                    "leave_request_updated");

    private final SocketIoClients sockets;
    private final Supplier<URI> somewhere;
    private final String token;
    private final Thread thread;
    private final List<String> heard = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, String> presences = new TreeMap<>();
    private final Set<String> inbox = new TreeSet<>();
    private String epoch = "";
    private long last;
    private long board = -1;
    private int connections;
    private URI node = URI.create("nowhere");
    private SocketIoClient socket;
    private boolean open;
    private boolean boardMissing;
    private int resyncs;
    private volatile boolean leaving;

    /**
     * @param somewhere the node to try next
     */
    RovingManager(SocketIoClients sockets, Supplier<URI> somewhere, String token) {
        this.sockets = sockets;
        this.somewhere = somewhere;
        this.token = token;
        this.thread = Thread.ofVirtual().name("roving manager").start(this::rove);
    }

    private void rove() {
        while (!leaving) {
            SocketIoClient opened = open();
            int mark = 0;
            boolean connected = true;
            while (connected && !leaving) {
                List<Heard> news = opened.awaitSince(mark, Duration.ofMillis(200));
                mark += news.size();
                askForBoardAgain(opened);
                for (Heard each : news) {
                    connected &= apply(opened, each);
                }
            }
            end(opened);
        }
    }

    private synchronized SocketIoClient open() {
        Map<String, Object> auth = new LinkedHashMap<>();
        auth.put("token", token);
        if (!epoch.isEmpty()) {
            auth.put("epoch", epoch);
            auth.put("afterSeq", last);
        }
        node = somewhere.get();
        socket =
                sockets.open(
                        node,
                        Map.of("auth", auth, "transports", List.of("websocket"), "timeout", 2000));
        open = true;
        return socket;
    }

    /** False when the connection has ended, or never began. */
    private synchronized boolean apply(SocketIoClient from, Heard each) {
        if (each.kind().equals("lifecycle")) {
            if (each.name().equals("connect")) {
                connections++;
                askForBoard(from);
            }
            return !each.name().equals("disconnect") && !each.name().equals("connect_error");
        }
        JsonNode said = each.first();
        switch (each.name()) {
            case "feed_position" -> position(said);
            case "resync_required" -> {
                return readAnew(from, said);
            }
            case "error" -> {
                if (said.path("code").asString("").equals("UNAVAILABLE")) {
                    boardMissing = true;
                } else {
                    faults.add("error " + said);
                }
            }
            case "dashboard_snapshot" -> {
                presences.clear();
                inbox.clear();
                presences.putAll(Board.presences(said.path("rows")));
                said.path("pendingLeave").forEach(one -> inbox.add(one.path("id").asString()));
                board = said.path("seq").asLong();
            }
            case "dashboard_delta" -> {
                if (said.path("seq").asLong() >= board) {
                    presences.putAll(Board.presences(said.path("rows")));
                    JsonNode leave = said.path("pendingLeave");
                    leave.path("upsert").forEach(one -> inbox.add(one.path("id").asString()));
                    leave.path("remove").forEach(one -> inbox.remove(one.asString()));
                    board = said.path("seq").asLong();
                }
            }
            default -> {
                if (ENTRIES.contains(each.name())) {
                    entry(each.name(), said.path("seq").asLong());
                }
            }
        }
        return true;
    }

    private void askForBoard(SocketIoClient from) {
        boardMissing = false;
        from.emit(
                "request_live_dashboard",
                board < 0 ? Map.of() : Map.of("epoch", epoch, "afterSeq", board));
    }

    private synchronized void askForBoardAgain(SocketIoClient from) {
        if (boardMissing) {
            askForBoard(from);
        }
    }

    /** False when the node cannot be asked; then it is left. */
    private boolean readAnew(SocketIoClient from, JsonNode resync) {
        resyncs++;
        String now = resync.path("epoch").asString();
        long goesOnAfter = resync.path("seq").asLong();
        if (!epoch.isEmpty() && !epoch.equals(now)) {
            faults.add("resync_required " + resync);
        }
        epoch = now;
        while (last < goesOnAfter) {
            Api.Answer page;
            try {
                page =
                        new Api(node, token)
                                .get("/api/v1/feed?limit=500&epoch=" + epoch + "&after=" + last);
            } catch (Api.OutcomeUnknown e) {
                return false;
            }
            if (page.status() != 200) {
                return false;
            }
            for (JsonNode item : page.items()) {
                if (item.path("seq").asLong() <= goesOnAfter) {
                    entry(nameOf(item), item.path("seq").asLong());
                }
            }
            last = Math.min(goesOnAfter, page.body().path("nextAfter").asLong());
        }
        askForBoard(from);
        return true;
    }

    /** What the item is called on the sockets. */
    private static String nameOf(JsonNode item) {
        return switch (item.path("kind").asString()) {
            case "PUNCHED" ->
                    item.path("type").asString().equals("IN")
                            ? "attendance_punch_in"
                            : "attendance_punch_out";
            case "SESSION_CORRECTED" -> "attendance_update";
            case "LEAVE_REQUESTED" -> "leave_request_new";
            default -> "leave_request_updated";
        };
    }

    private void position(JsonNode said) {
        String now = said.path("epoch").asString();
        if (!epoch.isEmpty() && !epoch.equals(now)) {
            faults.add("came back to " + said + " with " + last + " of " + epoch);
        }
        epoch = now;
        if (said.path("resumed").asBoolean() || heard.isEmpty()) {
            last = Math.max(last, said.path("seq").asLong());
        }
    }

    private void entry(String name, long seq) {
        if (seq <= last && !heard.isEmpty()) {
            faults.add("heard " + name + " " + seq + " after " + last);
        }
        heard.add(name + " " + seq);
        last = seq;
    }

    private synchronized void end(SocketIoClient opened) {
        open = false;
        opened.close();
    }

    /** As a lost network does it. */
    synchronized void loseConnection() {
        if (open) {
            socket.drop();
        }
    }

    /** Where it is connected, or tries to be. */
    synchronized URI node() {
        return node;
    }

    /** Whether it has been told where the feed stands. */
    synchronized boolean hasBegun() {
        return !epoch.isEmpty();
    }

    synchronized int connections() {
        return connections;
    }

    /** How often it was told to read anew. */
    synchronized int resyncs() {
        return resyncs;
    }

    /** Names and numbers of all entries, in the order in which they came. */
    synchronized List<String> heard() {
        return List.copyOf(heard);
    }

    /** What the protocol excludes. */
    synchronized List<String> faults() {
        return List.copyOf(faults);
    }

    synchronized long boardSeq() {
        return board;
    }

    synchronized Map<String, String> presences() {
        return new TreeMap<>(presences);
    }

    synchronized Set<String> inbox() {
        return new TreeSet<>(inbox);
    }

    @Override
    public void close() {
        leaving = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

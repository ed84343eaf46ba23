package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.identity.Caller;

import org.axonframework.queryhandling.QueryGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Shows the board to a socket: one snapshot, then every delta that follows it, with none missing in
 * between.
 */
public final class LiveDashboard {

    private static final Logger log = LoggerFactory.getLogger(LiveDashboard.class);
    private static final long QUERY_PATIENCE_SECONDS = 5;

    private final QueryGateway queries;
    private final FeedBridge bridge;
    private final Rooms rooms;

    LiveDashboard(QueryGateway queries, FeedBridge bridge, Rooms rooms) {
        this.queries = queries;
        this.bridge = bridge;
        this.rooms = rooms;
    }

    /**
     * @throws Refusal FORBIDDEN for who may not see the company, UNAVAILABLE when the board cannot
     *     be read
     */
    public void show(ClientSocket socket, Caller caller) {
        if (!caller.role().readsCompany()) {
            throw new Refusal(
                    RefusalCode.FORBIDDEN, "the dashboard is for those who see the company");
        }
        String companyId = caller.companyId();
        CompanyFeed feed = bridge.feedOf(companyId);
        if (feed == null) {
            return;
        }
        CompanyFeed.Snapshot snapshot = feed.recentSnapshot(() -> read(companyId));
        feed.between(told -> begin(socket, feed, snapshot, told.seq(), companyId));
    }

    private void begin(
            ClientSocket socket,
            CompanyFeed feed,
            CompanyFeed.Snapshot snapshot,
            long toldSeq,
            String companyId) {
        try {
            List<FeedEntry> since =
                    toldSeq > snapshot.seq() ? feed.entries(snapshot.seq(), toldSeq) : List.of();
            socket.send(snapshot.frame());
            if (!since.isEmpty()) {
                socket.send(Frame.event("dashboard_delta", DashboardPayloads.delta(since)));
            }
            rooms.join(RoomNames.dashboard(companyId), socket);
        } catch (RuntimeException e) {
            log.warn("the board cannot be brought up to date: {}", e.toString());
            socket.emit("resync_required", Map.of("reason", "the board cannot be read now"));
        }
    }

    private CompanyFeed.Snapshot read(String companyId) {
        try {
            DashboardView view =
                    queries.query(new GetDashboard(companyId), DashboardView.class)
                            .orTimeout(QUERY_PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join();
            return new CompanyFeed.Snapshot(
                    view.position().seq(),
                    Frame.event("dashboard_snapshot", DashboardPayloads.snapshot(view)));
        } catch (CompletionException e) {
            throw new Refusal(RefusalCode.UNAVAILABLE, "the board cannot be read now; ask again");
        }
    }
}

package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.bridge.Follower.Telling;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.Frame;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.identity.Caller;

import org.axonframework.queryhandling.QueryGateway;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;

/**
 * Shows the board to a socket: one snapshot, then every delta that follows it, with none missing in
 * between.
 */
public final class LiveDashboard {

    private static final Logger log = LoggerFactory.getLogger(LiveDashboard.class);
    private static final long QUERY_PATIENCE_SECONDS = 5;
    private static final String UNREADABLE = "the board cannot be read now";

    private final QueryGateway queries;
    private final FeedBridge bridge;
    private final Rooms rooms;

    LiveDashboard(QueryGateway queries, FeedBridge bridge, Rooms rooms) {
        this.queries = queries;
        this.bridge = bridge;
        this.rooms = rooms;
    }

    /**
     * @param request {@code epoch} and {@code afterSeq} of a board that only needs what came since
     * @throws Refusal FORBIDDEN for who may not see the company, INVALID, UNAVAILABLE when the
     *     board cannot be read
     */
    public void show(ClientSocket socket, Caller caller, JsonNode request) {
        if (!caller.role().readsCompany()) {
            throw new Refusal(
                    RefusalCode.FORBIDDEN, "the dashboard is for those who see the company");
        }
        FeedPosition has = ResumeClaim.position(request, "");
        CompanyFeed feed = bridge.feedOf(caller.companyId());
        if (feed == null || feed.told() == null) {
            throw unreadable();
        }
        FeedPage since = has == null ? null : since(feed, has);
        if (has != null && since != null) {
            feed.between(
                    since.position().seq(),
                    told -> goOn(socket, feed, caller.companyId(), has, since, told));
        } else {
            CompanyFeed.Snapshot snapshot = feed.recentSnapshot(() -> read(caller.companyId()));
            feed.between(0, told -> begin(socket, feed, caller.companyId(), snapshot, told));
        }
    }

    /** Null when only a snapshot helps. */
    private static @Nullable FeedPage since(CompanyFeed feed, FeedPosition has) {
        try {
            FeedPage page = feed.read(null, has.seq());
            return page.position().epoch().equals(has.epoch())
                            && page.position().seq() >= has.seq()
                            && page.entries().size() < FeedReader.LIMIT
                    ? page
                    : null;
        } catch (RuntimeException e) {
            throw unreadable();
        }
    }

    private static Refusal unreadable() {
        return new Refusal(RefusalCode.UNAVAILABLE, UNREADABLE + "; ask again");
    }

    private void goOn(
            ClientSocket socket,
            CompanyFeed feed,
            String companyId,
            FeedPosition has,
            FeedPage since,
            @Nullable FeedPosition told) {
        FeedPosition known = since.position();
        try {
            if (told == null || !told.epoch().equals(known.epoch()) || told.seq() < known.seq()) {
                throw new IllegalStateException("the feed is not followed");
            }
            List<FeedEntry> entries = new ArrayList<>(since.entries());
            entries.addAll(feed.entries(known.seq(), told.seq()));
            tell(socket, companyId, has.seq(), told.seq(), entries);
        } catch (RuntimeException e) {
            resync(socket, told, e);
        }
    }

    private void begin(
            ClientSocket socket,
            CompanyFeed feed,
            String companyId,
            CompanyFeed.Snapshot snapshot,
            @Nullable FeedPosition told) {
        try {
            if (told == null) {
                throw new IllegalStateException("the feed is not followed");
            }
            if (!told.epoch().equals(snapshot.position().epoch())) {
                feed.forgetSnapshot();
                throw new IllegalStateException("the feed was numbered anew");
            }
            long shown = snapshot.position().seq();
            List<FeedEntry> since = feed.entries(shown, told.seq());
            FeedOffset offset = new FeedOffset(told.seq(), shown);
            socket.send(
                    Follower.of(socket).recovers() && since.isEmpty()
                            ? snapshot.frame(offset)
                            : snapshot.frame());
            if (since.isEmpty()) {
                join(socket, companyId);
            } else {
                tell(socket, companyId, shown, told.seq(), since);
            }
        } catch (RuntimeException e) {
            resync(socket, told, e);
        }
    }

    private void tell(
            ClientSocket socket, String companyId, long prev, long seq, List<FeedEntry> entries) {
        join(socket, companyId);
        Frame delta = DashboardPayloads.delta(prev, seq, entries);
        socket.send(new Telling(delta, seq, seq).to(socket));
    }

    /** Between two deliveries, so that nothing comes before what is sent next. */
    private void join(ClientSocket socket, String companyId) {
        Follower.of(socket).beginBoard();
        rooms.join(RoomNames.dashboard(companyId), socket);
    }

    private static void resync(
            ClientSocket socket, @Nullable FeedPosition told, RuntimeException e) {
        log.warn("the board cannot be brought up to date: {}", e.toString());
        if (told != null) {
            socket.send(WirePayloads.resync(UNREADABLE, told));
        }
    }

    private CompanyFeed.Snapshot read(String companyId) {
        try {
            DashboardView view =
                    queries.query(new GetDashboard(companyId), DashboardView.class)
                            .orTimeout(QUERY_PATIENCE_SECONDS, TimeUnit.SECONDS)
                            .join();
            return new CompanyFeed.Snapshot(
                    view.position(),
                    Frame.event("dashboard_snapshot", DashboardPayloads.snapshot(view)));
        } catch (CompletionException e) {
            throw unreadable();
        }
    }
}

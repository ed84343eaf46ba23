package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.attendance.Presence;
import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.messages.feed.CountPresence;
import com.abrohr.attendance.messages.feed.DashboardView;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetDashboard;
import com.abrohr.attendance.messages.feed.PresenceCounts;
import com.abrohr.attendance.query.livefeed.FeedTable;
import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;

import org.axonframework.queryhandling.QueryHandler;

import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The whole board and its feed number, from one snapshot of the database. */
public class DashboardQueries {

    private static final int ACTIVITY = 50;

    private final CompanyReads reads;
    private final PresenceRows rows;
    private final LeaveQueries leave;
    private final FeedTable feed;
    private final Clock clock;

    /**
     * @param feed on the reader pool
     */
    DashboardQueries(
            CompanyReads reads,
            PresenceRows rows,
            LeaveQueries leave,
            FeedTable feed,
            Clock clock) {
        this.reads = reads;
        this.rows = rows;
        this.leave = leave;
        this.feed = feed;
        this.clock = clock;
    }

    @QueryHandler
    public DashboardView handle(GetDashboard query) {
        String company = query.companyId();
        return reads.in(
                company,
                () -> {
                    FeedPosition position = feed.position(company);
                    Instant now = clock.instant();
                    List<PresenceView> tiles =
                            rows.findByCompanyIdOrderByEmployeeId(company).stream()
                                    .map(row -> PresenceRule.at(row.facts(), now))
                                    .toList();
                    return new DashboardView(
                            position,
                            now,
                            counted(tiles),
                            tiles,
                            leave.pending(company),
                            feed.latest(company, ACTIVITY));
                });
    }

    @QueryHandler
    public PresenceCounts handle(CountPresence query) {
        String company = query.companyId();
        return reads.in(
                company,
                () -> {
                    FeedPosition position = feed.position(company);
                    Instant now = clock.instant();
                    Map<Presence, Integer> counts =
                            counted(
                                    rows.findAll(PresenceRows.dependingOnTheClock(company)).stream()
                                            .map(row -> PresenceRule.at(row.facts(), now))
                                            .toList());
                    for (PresenceRows.Standing standing : rows.countOthers(company)) {
                        counts.merge(
                                PresenceRule.withoutLeave(
                                        standing.isParked(), standing.isSessionOpen()),
                                standing.getEmployees(),
                                Integer::sum);
                    }
                    return new PresenceCounts(position, now, counts);
                });
    }

    private static Map<Presence, Integer> counted(List<PresenceView> tiles) {
        Map<Presence, Integer> counts = new EnumMap<>(Presence.class);
        tiles.forEach(tile -> counts.merge(tile.presence(), 1, Integer::sum));
        return counts;
    }
}

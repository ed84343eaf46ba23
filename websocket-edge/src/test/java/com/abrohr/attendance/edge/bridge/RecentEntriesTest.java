package com.abrohr.attendance.edge.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedUpdate;
import com.abrohr.attendance.messages.leave.LeaveStatus;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.LocalDate;

class RecentEntriesTest {

    private static final int MANY = 256;
    private static final String LONG_REASON = "r".repeat(2_000);

    private final RecentEntries recent = new RecentEntries();

    @Test
    void shortEntriesAreKeptUpToTheirNumber() {
        for (int seq = 1; seq <= MANY + 1; seq++) {
            recent.add(entry(seq, new FeedUpdate.Unannounced()));
        }
        assertThat(recent.between(0, MANY)).isNull();
        assertThat(recent.between(1, MANY + 1)).hasSize(MANY);
    }

    @Test
    void longTextsPushOutTheOldestSoThatAllStayWithinTheirBytes() {
        for (int seq = 1; seq <= MANY; seq++) {
            recent.add(entry(seq, new FeedUpdate.LeaveRequested(leave(seq))));
        }
        int fitting = RecentEntries.MAX_BYTES / (2 * LONG_REASON.length());
        assertThat(recent.between(MANY - fitting - 1L, MANY)).isNull();
        assertThat(recent.between(MANY - fitting / 2L, MANY)).hasSize(fitting / 2);
    }

    private static FeedEntry entry(long seq, FeedUpdate update) {
        return new FeedEntry("c1", seq, "ana", Instant.EPOCH, update);
    }

    private static FeedUpdate.Leave leave(long number) {
        return new FeedUpdate.Leave(
                "lr-" + number + "-ana",
                "annual",
                LocalDate.of(2027, 1, 1),
                LocalDate.of(2027, 1, 2),
                LeaveStatus.PENDING,
                LONG_REASON,
                null,
                null);
    }
}

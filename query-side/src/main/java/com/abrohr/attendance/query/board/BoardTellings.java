package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.board.BoardWriter.Written;
import com.abrohr.attendance.query.livefeed.LiveFeed;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells the live feed what a committed flush wrote. A replay is not told, but for its end: then the
 * last entry is, so that whoever read half a rebuild sees the gap and reads again.
 */
class BoardTellings {

    private final LiveFeed feed;

    BoardTellings(LiveFeed feed) {
        this.feed = feed;
    }

    void tell(Written written, List<Collected> events) {
        if (written.numberedAnew()) {
            feed.numberedAnew();
        }
        Set<String> live = new HashSet<>();
        for (Collected event : events) {
            if (!event.replayed()) {
                live.add(event.stream().companyId());
            }
        }
        written.entries()
                .forEach(
                        (company, entries) -> {
                            if (live.contains(company)) {
                                feed.committed(company, entries);
                            } else if (written.rebuilt().contains(company)) {
                                feed.rebuilt(company, entries.getLast());
                            }
                        });
    }
}

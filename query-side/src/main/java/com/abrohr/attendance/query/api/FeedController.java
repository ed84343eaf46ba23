package com.abrohr.attendance.query.api;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;

/** The live feed for those without a socket: the same entries under the same numbers. */
@RestController
class FeedController {

    /** Entries of one read, however few are asked for: many may be for the board alone. */
    private static final int PAGE = 500;

    private final ReadGate gate;

    FeedController(ReadGate gate) {
        this.gate = gate;
    }

    /**
     * @param nextAfter what to ask for next
     * @param more whether there may be more already
     */
    record Feed(String epoch, List<FeedItem> items, long nextAfter, boolean more) {
        Feed {
            items = List.copyOf(items);
        }
    }

    @GetMapping(path = "/api/v1/feed", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Feed> feed(HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        ReadFilters filters = ReadFilters.of(caller, request, "after", "limit", "epoch");
        long after = filters.number("after", 0);
        int limit = filters.limit();
        String epoch = filters.text("epoch");
        gate.awaitWrite(request, caller);
        Feed feed = read(caller, after, limit, epoch);
        return gate.tagged(caller, feed, feed);
    }

    /** Reads on where what was read is for the board alone, so that no page is short of items. */
    private Feed read(Caller caller, long after, int limit, @Nullable String epoch) {
        boolean company = caller.role().readsCompany();
        List<FeedItem> items = new ArrayList<>();
        String sameEpoch = epoch;
        long read = after;
        while (true) {
            FeedPage page =
                    gate.ask(
                            new GetFeed(
                                    caller.companyId(),
                                    read,
                                    PAGE,
                                    company ? null : caller.employeeId()),
                            FeedPage.class);
            mustGoOn(page.position(), sameEpoch, after);
            sameEpoch = page.position().epoch();
            for (FeedEntry entry : page.entries()) {
                if (items.size() == limit) {
                    return new Feed(sameEpoch, items, read, true);
                }
                FeedItem item =
                        FeedItem.of(entry, company ? entry.managersPrev() : entry.employeePrev());
                if (item != null) {
                    items.add(item);
                }
                read = entry.seq();
            }
            if (page.entries().size() < PAGE) {
                return new Feed(sameEpoch, items, read, false);
            }
        }
    }

    /**
     * @throws Refusal STALE_VERSION when the number is none of the feed as it is numbered now
     */
    private static void mustGoOn(FeedPosition now, @Nullable String epoch, long after) {
        if (epoch != null && !epoch.equals(now.epoch())) {
            throw new Refusal(
                    RefusalCode.STALE_VERSION,
                    "epoch",
                    "The feed was numbered anew: read the lists again, then the feed without epoch");
        }
        if (after > now.seq()) {
            throw new Refusal(
                    RefusalCode.STALE_VERSION,
                    "after",
                    "The feed has given no such number: read the lists again, then the feed");
        }
    }
}

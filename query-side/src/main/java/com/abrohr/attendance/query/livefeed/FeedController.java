package com.abrohr.attendance.query.livefeed;

import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.feed.FeedEntry;
import com.abrohr.attendance.messages.feed.FeedPage;
import com.abrohr.attendance.messages.feed.FeedPosition;
import com.abrohr.attendance.messages.feed.GetFeed;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.query.read.ReadFilters;
import com.abrohr.attendance.query.read.ReadGate;

import jakarta.servlet.http.HttpServletRequest;

import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The live feed for clients without a socket: the same entries under the same numbers. */
@RestController
class FeedController {
    private final ReadGate gate;
    private final FeedMappings mappings;

    FeedController(ReadGate gate, FeedMappings mappings) {
        this.gate = gate;
        this.mappings = mappings;
    }

    /**
     * @param nextAfter what to ask for next
     * @param more whether there may be more already
     */
    record Feed(String epoch, List<Object> items, long nextAfter, boolean more) {
        Feed {
            items = List.copyOf(items);
        }
    }

    @GetMapping(path = "/api/v1/feed", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> feed(
            HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
        return gate.tagged(caller, read(request, caller));
    }

    Feed read(HttpServletRequest request, Caller caller) {
        ReadFilters filters = ReadFilters.of(caller, request, Set.of("after", "limit", "epoch"));
        long after = filters.number("after", 0);
        int limit = filters.limit();
        String epoch = filters.text("epoch");
        gate.awaitWrite(request, caller);
        return read(caller, after, limit, epoch);
    }

    /** Reads on past entries without an item, so that no page is short of items. */
    private Feed read(Caller caller, long after, int limit, @Nullable String epoch) {
        List<Object> items = new ArrayList<>();
        String sameEpoch = epoch;
        long read = after;
        while (true) {
            FeedPage page =
                    gate.ask(
                            new GetFeed(
                                    caller.companyId(),
                                    read,
                                    limit - items.size(),
                                    caller.role().readsCompany() ? null : caller.employeeId()),
                            FeedPage.class);
            requireSameFeed(page.position(), sameEpoch, after);
            sameEpoch = page.position().epoch();
            for (FeedEntry entry : page.entries()) {
                Object item = mappings.item(entry);
                if (item != null) {
                    items.add(item);
                }
                read = entry.seq();
            }
            if (items.size() == limit || !page.more()) {
                return new Feed(sameEpoch, items, read, page.more());
            }
        }
    }

    /**
     * @throws Refusal STALE_VERSION when the number is not of this epoch
     */
    private static void requireSameFeed(FeedPosition now, @Nullable String epoch, long after) {
        if (epoch != null && !epoch.equals(now.epoch())) {
            throw new Refusal(
                    RefusalCode.STALE_VERSION,
                    "epoch",
                    "The epoch changed: read the lists again, then the feed without epoch");
        }
        if (after > now.seq()) {
            throw new Refusal(
                    RefusalCode.STALE_VERSION,
                    "after",
                    "No such number was given: read the lists again, then the feed");
        }
    }
}

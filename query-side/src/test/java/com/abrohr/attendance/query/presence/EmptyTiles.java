package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.query.livefeed.BoardTiles;

import java.time.Instant;
import java.util.List;

/** Tiles of a company of which nothing is stored. */
public final class EmptyTiles {
    private EmptyTiles() {}

    public static BoardTiles of(String companyId) {
        return new PresenceTiles(companyId, List.of(), Instant.EPOCH);
    }
}

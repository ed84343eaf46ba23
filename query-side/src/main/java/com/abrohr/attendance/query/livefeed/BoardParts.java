package com.abrohr.attendance.query.livefeed;

import java.time.Instant;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * Loads the parts of a company's live board from the read models, within a snapshot of the company.
 *
 * @param tiles of a company, as of an instant
 * @param inbox of a company
 */
public record BoardParts(
        BiFunction<String, Instant, BoardTiles> tiles, Function<String, BoardInbox> inbox) {}

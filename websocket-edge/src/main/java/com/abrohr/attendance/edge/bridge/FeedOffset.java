package com.abrohr.attendance.edge.bridge;

import org.jspecify.annotations.Nullable;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a client has received: the last argument of a numbered event, which a client with
 * connection-state recovery sends when it connects again.
 *
 * @param seq the client has received every entry up to this number that it may see
 * @param boardSeq the live board that the client has stands at this number; null when it has none
 */
record FeedOffset(long seq, @Nullable Long boardSeq) {
    private static final Pattern TEXT = Pattern.compile("(\\d{1,18})(?:b(\\d{1,18}))?");

    String text() {
        return boardSeq == null ? Long.toString(seq) : seq + "b" + boardSeq;
    }

    /** Null for what this server has never given. */
    static @Nullable FeedOffset parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            return null;
        }
        String board = parts.group(2);
        return new FeedOffset(
                Long.parseLong(parts.group(1)), board == null ? null : Long.valueOf(board));
    }
}

package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Refusal;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The position of a row in its list, as the opaque text that a client gives back: the sort keys of
 * the last row of a page. Rows may be added and removed meanwhile.
 */
public final class Cursor {
    private static final String SEPARATOR = "\u001f";

    /** PostgreSQL's timestamps end long before Java's. */
    private static final Instant EARLIEST = Instant.EPOCH.minusSeconds(1L << 36);

    private static final Instant LATEST = Instant.EPOCH.plusSeconds(1L << 38);

    private Cursor() {}

    /** What a sort key is. */
    public enum Key {
        TEXT,
        NUMBER,
        INSTANT
    }

    /** The text of a position. */
    public static String of(String list, Object... keys) {
        String joined =
                Arrays.stream(keys)
                        .map(Object::toString)
                        .collect(Collectors.joining(SEPARATOR, list + SEPARATOR, ""));
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The sort keys of a position; none where no text was given.
     *
     * @param list that the cursor must be of
     * @param types of the list's sort keys
     * @throws Refusal INVALID when the text is no cursor of such a list
     */
    public static List<Object> parse(@Nullable String text, String list, Key... types) {
        if (text == null) {
            return List.of();
        }
        try {
            String joined =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                            .toString();
            String[] parts = joined.split(SEPARATOR, -1);
            if (parts.length == types.length + 1
                    && parts[0].equals(list)
                    && joined.indexOf('\0') < 0) {
                List<Object> keys = new ArrayList<>();
                for (int i = 0; i < types.length; i++) {
                    keys.add(key(parts[i + 1], types[i]));
                }
                return keys;
            }
        } catch (IllegalArgumentException | CharacterCodingException | DateTimeException e) {
            // Refused below.
        }
        throw malformed();
    }

    private static Object key(String text, Key type) {
        return switch (type) {
            case TEXT -> text;
            case NUMBER -> Long.valueOf(text);
            case INSTANT -> {
                Instant instant = Instant.parse(text);
                if (instant.isBefore(EARLIEST) || instant.isAfter(LATEST)) {
                    throw malformed();
                }
                yield instant;
            }
        };
    }

    private static Refusal malformed() {
        return Refusal.invalid("cursor", "cursor is not one that this list has given");
    }
}

package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Refusal;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;

/**
 * The place of a row in its list, as the opaque text that a client gives back: the sort keys of the
 * last row of a page. It names a place, not a row, so rows may come and go meanwhile.
 */
public record Cursor(String list, List<String> keys) {

    private static final char SEPARATOR = '\u001f';

    public Cursor {
        keys = List.copyOf(keys);
    }

    public static Cursor in(String list, Object... keys) {
        return new Cursor(list, List.of(keys).stream().map(Object::toString).toList());
    }

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        (list + SEPARATOR + String.join(String.valueOf(SEPARATOR), keys))
                                .getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param list which list the place must be in
     * @param size how many keys the list has
     * @throws Refusal INVALID when the text is no cursor of such a list
     */
    public static @Nullable Cursor parse(@Nullable String text, String list, int size) {
        if (text == null) {
            return null;
        }
        try {
            String joined =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                            .toString();
            List<String> parts = List.of(joined.split(String.valueOf(SEPARATOR), -1));
            if (parts.size() == size + 1
                    && parts.getFirst().equals(list)
                    && joined.indexOf('\0') < 0) {
                return new Cursor(list, parts.subList(1, parts.size()));
            }
        } catch (IllegalArgumentException | CharacterCodingException e) {
            // Told below.
        }
        throw malformed();
    }

    public String key(int index) {
        return keys.get(index);
    }

    public Instant instant(int index) {
        try {
            Instant instant = Instant.parse(keys.get(index));
            // PostgreSQL's timestamps end long before Java's.
            if (instant.isBefore(Instant.EPOCH.minusSeconds(1L << 36))
                    || instant.isAfter(Instant.EPOCH.plusSeconds(1L << 38))) {
                throw malformed();
            }
            return instant;
        } catch (DateTimeException e) {
            throw malformed();
        }
    }

    public long number(int index) {
        try {
            return Long.parseLong(keys.get(index));
        } catch (NumberFormatException e) {
            throw malformed();
        }
    }

    private static Refusal malformed() {
        return Refusal.invalid("cursor", "cursor is not one that this list has given");
    }
}

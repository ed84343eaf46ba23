package com.abrohr.attendance.messages;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The place of a write, as the opaque text that a client gives back to read what it wrote. It holds
 * on every node.
 *
 * @param employeeId whom the write is about
 * @param seq the company's number of its last event
 */
public record Position(String companyId, String employeeId, long seq) {
    private static final String VERSION = "2";
    private static final char SEPARATOR = '\u001f';
    private static final int LONGEST_TEXT = 2048;

    public static Position after(String companyId, Receipt receipt) {
        return new Position(companyId, receipt.employeeId(), receipt.seq());
    }

    public String text() {
        String joined =
                String.join(
                        String.valueOf(SEPARATOR),
                        VERSION,
                        Long.toString(seq),
                        companyId,
                        employeeId);
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(joined.getBytes(StandardCharsets.UTF_8));
    }

    /** Empty when the text is nothing that {@link #text()} gives. */
    public static Optional<Position> parse(String text) {
        if (text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            String joined =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(Base64.getUrlDecoder().decode(text)))
                            .toString();
            List<String> parts = List.of(joined.split(String.valueOf(SEPARATOR), -1));
            if (parts.size() != 4 || !parts.get(0).equals(VERSION)) {
                return Optional.empty();
            }
            var read = new Position(parts.get(2), parts.get(3), Long.parseLong(parts.get(1)));
            return read.seq >= 0 && joined.indexOf('\0') < 0 && read.text().equals(text)
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

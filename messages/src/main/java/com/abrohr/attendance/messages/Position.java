package com.abrohr.attendance.messages;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * The place of a write, as the opaque text that a client gives back to read what it wrote: the last
 * number that the write took in the employee's own stream. It holds on every node, and tells
 * nothing of anybody else.
 */
public record Position(String companyId, String employeeId, EmployeeStream stream, long seq) {

    private static final String VERSION = "1";
    private static final char SEPARATOR = '\u001f';
    private static final int LONGEST_TEXT = 2048;

    public static Position after(String companyId, Receipt receipt) {
        return new Position(companyId, receipt.employeeId(), receipt.stream(), receipt.lastSeq());
    }

    public String text() {
        String joined =
                String.join(
                        String.valueOf(SEPARATOR),
                        VERSION,
                        stream.name(),
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
            if (parts.size() != 5 || !parts.get(0).equals(VERSION)) {
                return Optional.empty();
            }
            var read =
                    new Position(
                            parts.get(3),
                            parts.get(4),
                            EmployeeStream.valueOf(parts.get(1)),
                            Long.parseLong(parts.get(2)));
            return read.seq >= 0 && joined.indexOf('\0') < 0 && read.text().equals(text)
                    ? Optional.of(read)
                    : Optional.empty();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return Optional.empty();
        }
    }
}

package com.abrohr.attendance.command.engine;

import java.nio.charset.StandardCharsets;

/**
 * Names one aggregate's stream: type, company and employee, joined so that no two triples read the
 * same, whatever characters the ids hold.
 */
public record StreamId(String type, String companyId, String employeeId) {
    private static final String HEX = "0123456789ABCDEF";

    @Override
    public String toString() {
        return type + "/" + percentEncoded(companyId) + "/" + percentEncoded(employeeId);
    }

    private static String percentEncoded(String text) {
        if (text.chars().allMatch(StreamId::unreserved)) {
            return text;
        }
        StringBuilder encoded = new StringBuilder(text.length() + 16);
        for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
            int value = Byte.toUnsignedInt(octet);
            if (unreserved(value)) {
                encoded.append((char) value);
            } else {
                encoded.append('%').append(HEX.charAt(value >> 4)).append(HEX.charAt(value & 15));
            }
        }
        return encoded.toString();
    }

    /** RFC 3986, 2.3. */
    private static boolean unreserved(int character) {
        return character >= 'a' && character <= 'z'
                || character >= 'A' && character <= 'Z'
                || character >= '0' && character <= '9'
                || character == '-'
                || character == '.'
                || character == '_'
                || character == '~';
    }
}

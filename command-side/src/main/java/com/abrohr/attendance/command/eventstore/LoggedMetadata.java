package com.abrohr.attendance.command.eventstore;

import com.abrohr.attendance.messages.identity.MetadataKeys;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.json.JsonMapper;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The metadata of a row as its readers get it: with the company's number, which is not stored
 * there, and with the company of the row whatever is stored. A projection that cannot tell whose
 * number an event has would take the company's next event for one that came too early.
 */
final class LoggedMetadata {
    private static final byte[] NUMBER =
            ("{\"" + MetadataKeys.COMPANY_SEQ + "\":\"").getBytes(StandardCharsets.US_ASCII);

    /** Escaped, half surrogate pairs can be written too. */
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private LoggedMetadata() {}

    /** What cannot be read is replaced by the company and its number alone. */
    static byte[] of(byte[] stored, String companyId, long companySeq) {
        Map<String, String> members = members(stored);
        if (isCommandOf(companyId, members) && stored[0] == '{' && stored[1] == '"') {
            return numbered(stored, companySeq);
        }
        members.put(MetadataKeys.COMPANY_ID, companyId);
        members.put(MetadataKeys.COMPANY_SEQ, Long.toString(companySeq));
        return JSON.writeValueAsBytes(members);
    }

    private static boolean isCommandOf(String companyId, Map<String, String> members) {
        return companyId.equals(members.get(MetadataKeys.COMPANY_ID))
                && !members.containsKey(MetadataKeys.COMPANY_SEQ);
    }

    /** Empty where it is not an object of strings, which the serializer would not read either. */
    private static Map<String, String> members(byte[] stored) {
        Map<String, String> members = new LinkedHashMap<>();
        try (JsonParser parser = JSON.createParser(stored)) {
            boolean readable = parser.nextToken() == JsonToken.START_OBJECT;
            while (readable && parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                JsonToken value = parser.nextToken();
                readable = value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL;
                members.put(name, parser.getValueAsString(null));
            }
            if (readable && parser.nextToken() == null) {
                return members;
            }
        } catch (JacksonException e) {
            // No JSON.
        }
        return new LinkedHashMap<>();
    }

    /** Puts the number in front of the other members. */
    private static byte[] numbered(byte[] stored, long companySeq) {
        byte[] number = Long.toString(companySeq).getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(NUMBER.length + number.length + 1 + stored.length)
                .put(NUMBER)
                .put(number)
                .put((byte) '"')
                .put((byte) ',')
                .put(stored, 1, stored.length - 1)
                .array();
    }
}

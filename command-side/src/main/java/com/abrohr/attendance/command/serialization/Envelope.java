package com.abrohr.attendance.command.serialization;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Personal data as the log keeps it: {@code
 * {"c":"<ciphertext>","n":"<nonce>","pd":"<category>","v":1}}. What was read may lack any of it.
 */
record Envelope(
        @Nullable String ciphertext,
        @Nullable String nonce,
        @Nullable String category,
        int version) {

    static final int VERSION = 1;

    private static final Envelope NONE = new Envelope(null, null, null, 0);

    void write(JsonGenerator json) {
        json.writeStartObject();
        json.writeStringProperty("c", ciphertext);
        json.writeStringProperty("n", nonce);
        json.writeStringProperty("pd", category);
        json.writeNumberProperty("v", version);
        json.writeEndObject();
    }

    /** Reads the value at which the parser stands, whatever it is. */
    static Envelope read(JsonParser json) {
        if (!json.isExpectedStartObjectToken()) {
            json.skipChildren();
            return NONE;
        }
        String ciphertext = null;
        String nonce = null;
        String category = null;
        int version = 0;
        for (String name = json.nextName(); name != null; name = json.nextName()) {
            JsonToken value = json.nextToken();
            boolean text = value == JsonToken.VALUE_STRING;
            switch (name) {
                case "c" -> ciphertext = text ? json.getString() : null;
                case "n" -> nonce = text ? json.getString() : null;
                case "pd" -> category = text ? json.getString() : null;
                case "v" -> version = value == JsonToken.VALUE_NUMBER_INT ? json.getIntValue() : 0;
                default -> {}
            }
            json.skipChildren();
        }
        return new Envelope(ciphertext, nonce, category, version);
    }
}

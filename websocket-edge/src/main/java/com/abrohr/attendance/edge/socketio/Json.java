package com.abrohr.attendance.edge.socketio;

import tools.jackson.core.Base64Variant;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.JsonGeneratorDelegate;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;

/** JSON as Socket.IO has it: binary values leave the text and travel beside it. */
final class Json {
    /** Socket payloads are shallow; a deep one only costs stack. */
    private static final int MAX_DEPTH = 64;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private Json() {}

    /**
     * @throws tools.jackson.core.JacksonException for anything but one JSON value
     */
    static JsonNode read(String text) {
        return MAPPER.readTree(text);
    }

    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    /**
     * Text with placeholders where binary values were, and those values in the placeholders' order.
     */
    static Encoded encode(Object[] values) {
        StringWriter text = new StringWriter();
        List<byte[]> attachments = new ArrayList<>(0);
        try (JsonGenerator generator =
                new AttachmentCollector(MAPPER.createGenerator(text), attachments)) {
            MAPPER.writeValue(generator, values);
        }
        return new Encoded(text.toString(), List.copyOf(attachments));
    }

    record Encoded(String text, List<byte[]> attachments) {}

    private static final class AttachmentCollector extends JsonGeneratorDelegate {
        private final List<byte[]> attachments;

        AttachmentCollector(JsonGenerator target, List<byte[]> attachments) {
            super(target, false);
            this.attachments = attachments;
        }

        @Override
        public JsonGenerator writeBinary(Base64Variant variant, byte[] data, int from, int length) {
            writeStartObject();
            writeBooleanProperty("_placeholder", true);
            writeNumberProperty("num", attachments.size());
            writeEndObject();
            attachments.add(java.util.Arrays.copyOfRange(data, from, from + length));
            return this;
        }
    }
}

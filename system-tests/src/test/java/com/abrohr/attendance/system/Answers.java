package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.system.harness.Api;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.stream.StreamSupport;

/** What servers say, read as the protocol page says it. */
final class Answers {
    private Answers() {}

    /** The code of an acknowledgement that says no. */
    static String refusal(JsonNode acknowledgement) {
        assertThat(acknowledgement.path("ok").asBoolean(true))
                .as(acknowledgement.toString())
                .isFalse();
        return acknowledgement.path("error").path("code").asString("");
    }

    /** The acknowledgement, when it says yes. */
    static JsonNode accepted(JsonNode acknowledgement) {
        assertThat(acknowledgement.path("ok").asBoolean(false))
                .as(acknowledgement.toString())
                .isTrue();
        return acknowledgement;
    }

    /** The items of a list once it has at least so many. */
    static JsonNode awaitItems(Api reader, String path, int count) {
        return await(path).until(() -> reader.get(path).items(), items -> items.size() >= count);
    }

    static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}

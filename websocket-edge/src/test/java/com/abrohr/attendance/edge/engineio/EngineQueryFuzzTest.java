package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.code_intelligence.jazzer.mutation.annotation.NotNull;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Any query is read, and what is read of it is in it. */
class EngineQueryFuzzTest {

    static Stream<String> queries() {
        return Stream.of(
                "EIO=4&transport=polling&t=P1xQz0a",
                "EIO=4&transport=polling&t=P1xQz0a&sid=a.0123456789abcdef0123456789abcdef&j=0",
                "EIO=4&transport=websocket&recovery=0",
                "EIO=3&EIO=4",
                "EIO==4&=4&EIO",
                "%45IO=4&transport=web%73ocket&sid=%",
                "&&&",
                "sid=",
                "&".repeat(8_192),
                "a=b&".repeat(2_048));
    }

    @ParameterizedTest
    @MethodSource("queries")
    @Timeout(30)
    void known(String text) {
        aQueryIsReadAsItsFirstValues(text);
    }

    // Without the known ones: they would load the parser before Jazzer can instrument it.
    @Timeout(30)
    @FuzzTest(maxDuration = "1m")
    void aQueryIsReadAsItsFirstValues(@NotNull String text) {
        EngineQuery query = EngineQuery.of(text);

        assertThat(EngineQuery.of(written(query))).isEqualTo(query);
        assertThat("&" + text + "&").contains(pairs(query).toArray(String[]::new));
        assertThat(query.polling() && query.webSocket()).isFalse();
        assertThat(query.version4()).isEqualTo("4".equals(query.values().get("EIO")));
        assertThat(query.jsonp()).isEqualTo(query.values().containsKey("j"));
        assertThat(query.sid()).isEqualTo(query.values().get("sid"));
    }

    private static String written(EngineQuery query) {
        return query.values().entrySet().stream()
                .map(EngineQueryFuzzTest::written)
                .collect(Collectors.joining("&"));
    }

    private static Stream<String> pairs(EngineQuery query) {
        // The empty one is in every query.
        return Stream.concat(
                Stream.of("&"),
                query.values().entrySet().stream().map(each -> "&" + written(each) + "&"));
    }

    private static String written(Map.Entry<String, String> each) {
        return each.getKey() + "=" + each.getValue();
    }
}

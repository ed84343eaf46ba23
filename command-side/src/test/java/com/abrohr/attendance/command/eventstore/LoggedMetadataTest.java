package com.abrohr.attendance.command.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;

/** Whoever reads an event learns whose number it has, from the row and not from the metadata. */
class LoggedMetadataTest {

    private static final String ALONE = "{\"companyId\":\"acme\",\"companySeq\":\"7\"}";

    @Test
    void whatACommandOfTheCompanyHasWrittenIsKeptByteByByte() {
        assertThat(read("{\"actorId\":\"Jürgen\",\"companyId\":\"acme\"}"))
                .isEqualTo("{\"companySeq\":\"7\",\"actorId\":\"Jürgen\",\"companyId\":\"acme\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            textBlock =
                    """
                    {"source":"REST"}                      | no company
                    {"companyId":"other","source":"REST"}  | another company
                    {"companyId":null,"source":"REST"}     | null for a company
                    {"companySeq":"99","source":"REST"}    | another number
                     { "source" : "REST" }                 | white space
                    """)
    void theRowKnowsTheCompanyBetter(String stored, String why) {
        assertThat(read(stored))
                .as(why)
                .contains("\"companyId\":\"acme\"", "\"companySeq\":\"7\"", "\"source\":\"REST\"")
                .doesNotContain("other", "99", "null");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{acme",
                "broken",
                "[]",
                "\"companyId\"",
                "{\"companyId\":\"acme\"",
                "{\"companyId\":\"acme\"} {}",
                "{\"companyId\":\"acme\",\"offline\":true}",
                "{\"companyId\":\"acme\",\"a\":{\"companyId\":\"acme\"}}",
                "{\"companyId\":[\"acme\"]}"
            })
    void whatCannotBeReadIsReplaced(String stored) {
        assertThat(read(stored)).isEqualTo(ALONE);
    }

    @Test
    void bytesThatAreNoTextAreReplaced() {
        byte[] stored = "{\"companyId\":\"acme\",\"a\":\"?\"}".getBytes(StandardCharsets.US_ASCII);
        stored[stored.length - 3] = (byte) 0xff;

        assertThat(text(LoggedMetadata.of(stored, "acme", 7))).isEqualTo(ALONE);
    }

    @Test
    void halfASurrogatePairCanBeWrittenAgain() {
        assertThat(read("{\"a\":\"\\ud83d\"}")).containsIgnoringCase("\\ud83d").contains("acme");
    }

    @Test
    void otherEncodingsAreReadToo() {
        byte[] stored = "{\"companyId\":\"acme\"}".getBytes(StandardCharsets.UTF_16LE);

        assertThat(text(LoggedMetadata.of(stored, "acme", 7))).isEqualTo(ALONE);
    }

    private static String read(String stored) {
        return text(LoggedMetadata.of(stored.getBytes(StandardCharsets.UTF_8), "acme", 7));
    }

    private static String text(byte[] metadata) {
        return new String(metadata, StandardCharsets.UTF_8);
    }
}

package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.DomainEvent;

import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SimpleSerializedObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The bytes of every event type and revision. A file is never edited: a changed shape is a new
 * revision with a file of its own, and the old file must still be readable.
 */
class GoldenEventsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private final EventSerializer serializer =
            new EventSerializer(
                    new Envelopes(new FixedSubjectKeys(), () -> "nonce-of-12b".getBytes()));

    static List<DomainEvent> samples() {
        return EventSamples.ALL;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void anEventIsWrittenAsItsGoldenFile(DomainEvent event) throws IOException {
        SerializedObject<String> written = serializer.serialize(event, String.class);
        Path file = fileOf(event);
        if (Boolean.getBoolean("golden.add") && Files.notExists(file)) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, written.getData() + "\n");
        }
        assertThat(written.getData()).isEqualTo(Files.readString(file).strip());
        assertThat(written.getType().getName()).isEqualTo(event.getClass().getSimpleName());
        assertThat(written.getType().getRevision()).isEqualTo("1");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGoldenFileIsReadAsItsEvent(DomainEvent event) throws IOException {
        Object read =
                serializer.deserialize(
                        new SimpleSerializedObject<>(
                                Files.readString(fileOf(event)).strip(),
                                String.class,
                                event.getClass().getSimpleName(),
                                "1"));
        assertThat(read).isEqualTo(event);
    }

    @Test
    void everyEventTypeHasAGoldenFileAndASample() {
        assertThat(EventSamples.ALL.stream().map(event -> (Object) event.getClass()))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(EventTypes.all().toList());
        assertThat(EventTypes.all().map(type -> GOLDEN.resolve(type.getSimpleName() + "/1.json")))
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }

    @Test
    void noGoldenFileHoldsPersonalDataInTheClear() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(file))
                        .doesNotContain("Núñez", "geo:", "badge", "rest", "enjoy", "away");
            }
        }
    }

    private static Path fileOf(DomainEvent event) {
        return GOLDEN.resolve(event.getClass().getSimpleName() + "/1.json");
    }
}

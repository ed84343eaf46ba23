package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.command.CommandSideConfiguration;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.CorrectionApproved;
import com.abrohr.attendance.messages.attendance.CorrectionRequested;
import com.abrohr.attendance.messages.attendance.PunchCorrected;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;

import org.axonframework.eventhandling.GenericDomainEventEntry;
import org.axonframework.eventsourcing.EventStreamUtils;
import org.axonframework.serialization.SerializedObject;
import org.axonframework.serialization.SerializedType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The bytes of every event type and revision. A file is never edited: a changed shape is a new
 * revision with a file of its own, and the old file must still be readable.
 */
class GoldenEventsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden");

    private static final EventTypes TYPES = CommandSideConfiguration.eventTypes();

    private final EventSerializer serializer =
            new EventSerializer(
                    TYPES, new Envelopes(new FixedSubjectKeys(), () -> "nonce-of-12b".getBytes()));

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
        assertThat(GOLDEN.resolve(written.getType().getName()))
                .as("the name in the log is the one that its files have")
                .isDirectory();
    }

    @ParameterizedTest
    @MethodSource("samples")
    void aGoldenFileIsReadAsItsEvent(DomainEvent event) throws IOException {
        SerializedType type = TYPES.of(event.getClass()).name();
        assertThat(read(type.getName(), type.getRevision())).isEqualTo(event);
    }

    static List<DomainEvent> samplesOfRevision1() {
        return EventSamples.REVISION_1;
    }

    @ParameterizedTest
    @MethodSource("samplesOfRevision1")
    void anEventOfRevision1IsReadWithoutWhatWasAddedLater(DomainEvent event) throws IOException {
        assertThat(read(TYPES.of(event.getClass()).name().getName(), "1")).isEqualTo(event);
    }

    @Test
    void everyGoldenFileIsReadAsAnEvent() throws IOException {
        try (Stream<Path> files = Files.walk(GOLDEN)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String revision = file.getFileName().toString().replace(".json", "");
                String name = file.getParent().getFileName().toString();
                assertThat(read(name, revision)).isInstanceOf(DomainEvent.class);
            }
        }
    }

    /** As the log is read: through the upcasters. */
    private Object read(String name, String revision) throws IOException {
        byte[] payload =
                Files.readString(GOLDEN.resolve(name).resolve(revision + ".json"))
                        .strip()
                        .getBytes(StandardCharsets.UTF_8);
        GenericDomainEventEntry<byte[]> entry =
                new GenericDomainEventEntry<>(
                        "aggregate",
                        "id",
                        0,
                        "event",
                        Instant.EPOCH,
                        name,
                        revision,
                        payload,
                        "{}".getBytes(StandardCharsets.UTF_8));
        return EventStreamUtils.upcastAndDeserializeDomainEvents(
                        Stream.of(entry), serializer, new EarlierRevisions(TYPES))
                .next()
                .getPayload();
    }

    @Test
    void everyEventTypeHasAGoldenFileAndASample() {
        List<Class<?>> all =
                Stream.of(AttendanceEvent.class, LeaveEvent.class, WorkforceEvent.class)
                        .<Class<?>>flatMap(events -> Arrays.stream(events.getPermittedSubclasses()))
                        .toList();
        assertThat(EventSamples.ALL.stream().<Class<?>>map(DomainEvent::getClass))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(TYPES.all().stream().<Class<?>>map(EventType::type))
                .containsExactlyInAnyOrderElementsOf(all);
        assertThat(TYPES.all().stream().map(EventType::name)).doesNotHaveDuplicates();
        assertThat(EventSamples.ALL.stream().map(GoldenEventsTest::fileOf))
                .allSatisfy(file -> assertThat(file).isRegularFile());
    }

    /**
     * Neither may ever change, whatever becomes of the class; a changed shape is a new revision.
     */
    @Test
    void theNamesAndRevisionsOfTheLogAreThese() {
        Map<Class<?>, String> names = new HashMap<>();
        TYPES.all()
                .forEach(
                        it ->
                                names.put(
                                        it.type(),
                                        it.name().getName() + " " + it.name().getRevision()));
        assertThat(names)
                .isEqualTo(
                        Map.of(
                                EmployeeRegistered.class, "EmployeeRegistered 1",
                                PunchedIn.class, "PunchedIn 1",
                                PunchedOut.class, "PunchedOut 2",
                                CorrectionRequested.class, "CorrectionRequested 1",
                                CorrectionApproved.class, "CorrectionApproved 1",
                                PunchCorrected.class, "PunchCorrected 1",
                                LeaveSubmitted.class, "LeaveSubmitted 1",
                                LeaveApproved.class, "LeaveApproved 2",
                                LeaveRejected.class, "LeaveRejected 2",
                                LeaveWithdrawn.class, "LeaveWithdrawn 2"));
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
        SerializedType type = TYPES.of(event.getClass()).name();
        return GOLDEN.resolve(type.getName()).resolve(type.getRevision() + ".json");
    }
}

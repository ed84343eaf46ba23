package com.abrohr.attendance.command.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.abrohr.attendance.command.attendance.TimeClockType;
import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.messages.attendance.AttendanceEvent;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchedIn;
import com.abrohr.attendance.messages.attendance.PunchedOut;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.DomainEventStream;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What people with a long past cost the heap once they have all punched. */
class CachedAggregatesTest {

    private static final int MEBI = 1 << 20;
    private static final int LIMIT = MEBI;
    private static final int PEOPLE = 1_000;
    private static final int SESSIONS = 70;
    private static final Instant NINE = Instant.parse("2026-11-23T09:00:00.123456Z");

    @Test
    void takeNoMoreThanTheirBytesHoweverManyPeoplePunch() {
        AggregateDispatcher dispatcher =
                new AggregateDispatcher(
                        List.of(new TimeClockType(Duration.ofHours(72))),
                        withLongHistories(),
                        mock(EventLog.class, withSettings().stubOnly()),
                        LIMIT);
        punchIn(dispatcher, "warm-up");
        long before = usedHeap();

        for (int person = 1; person <= PEOPLE; person++) {
            punchIn(dispatcher, "e" + person);
        }

        assertThat(usedHeap() - before).isLessThan(LIMIT + MEBI / 2).isGreaterThan(LIMIT / 2);
    }

    private static void punchIn(AggregateDispatcher dispatcher, String employee) {
        String command = UUID.randomUUID().toString();
        dispatcher.decide(
                new GenericCommandMessage<>(
                        new PunchIn("acme", employee, command, null, null, null, false),
                        Map.of(
                                MetadataKeys.COMMAND_ID,
                                command,
                                MetadataKeys.ACTOR_ID,
                                employee,
                                MetadataKeys.ACTOR_ROLE,
                                Role.EMPLOYEE.name(),
                                MetadataKeys.RECEIVED_AT,
                                NINE.plus(Duration.ofDays(SESSIONS + 1)).toString(),
                                MetadataKeys.ZONE_ID,
                                "Europe/Madrid")));
    }

    /** As a log gives them: nothing that one event holds is shared with another. */
    private static EventStore withLongHistories() {
        EventStore store = mock(EventStore.class, withSettings().stubOnly());
        when(store.readEvents(anyString(), anyLong()))
                .thenAnswer(call -> DomainEventStream.of(history(call.getArgument(0))));
        return store;
    }

    private static List<DomainEventMessage<?>> history(String stream) {
        String employee = stream.substring(stream.lastIndexOf('/') + 1);
        List<DomainEventMessage<?>> events = new ArrayList<>();
        for (int number = 1; number <= SESSIONS; number++) {
            Instant start = NINE.plus(Duration.ofDays(number));
            String session = "ws-" + number + "-" + employee;
            LocalDate day = LocalDate.of(2026, 11, 23).plusDays(number);
            String zone = new String("Europe/Madrid".toCharArray());
            events.add(
                    logged(
                            stream,
                            events.size(),
                            new PunchedIn(
                                    "acme", employee, session, start, start, zone, day, null)));
            events.add(
                    logged(
                            stream,
                            events.size(),
                            new PunchedOut(
                                    "acme",
                                    employee,
                                    session,
                                    start.plusSeconds(60),
                                    start.plusSeconds(60),
                                    zone,
                                    day,
                                    start,
                                    null)));
        }
        return events;
    }

    private static DomainEventMessage<?> logged(
            String stream, long sequence, AttendanceEvent event) {
        return new GenericDomainEventMessage<>(
                "TimeClock",
                stream,
                sequence,
                event,
                Map.of(MetadataKeys.COMMAND_ID, UUID.randomUUID().toString()));
    }

    private static long usedHeap() {
        MemoryMXBean memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int collections = 0; collections < 3; collections++) {
            memory.gc();
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }
}

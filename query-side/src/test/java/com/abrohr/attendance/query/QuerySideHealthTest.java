package com.abrohr.attendance.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.abrohr.attendance.query.board.BoardFaults;

import org.axonframework.config.EventProcessingConfiguration;
import org.axonframework.eventhandling.EventTrackerStatus;
import org.axonframework.eventhandling.StreamingEventProcessor;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

class QuerySideHealthTest {
    private final StreamingEventProcessor processor = mock();

    @Test
    void an_error_counts_while_the_node_has_a_segment_to_get_on_with() {
        EventTrackerStatus segment = mock();
        when(segment.getCurrentPosition()).thenReturn(OptionalLong.of(0));

        assertThat(statusInErrorWith(Map.of(0, segment))).isEqualTo(Status.DOWN);
    }

    @Test
    void an_error_is_past_once_other_nodes_have_taken_all_segments_over() {
        assertThat(statusInErrorWith(Map.of())).isEqualTo(Status.UP);
    }

    private Status statusInErrorWith(Map<Integer, EventTrackerStatus> segments) {
        when(processor.getName()).thenReturn("live-board");
        when(processor.isRunning()).thenReturn(true);
        when(processor.isError()).thenReturn(true);
        when(processor.processingStatus()).thenReturn(segments);
        EventProcessingConfiguration processing = mock();
        when(processing.eventProcessors()).thenReturn(Map.of("live-board", processor));
        BoardFaults faults = mock();
        when(faults.current()).thenReturn(Optional.empty());
        EventStore log = mock();
        return new QuerySideHealth(processing, log, faults, 5_000).health().getStatus();
    }
}

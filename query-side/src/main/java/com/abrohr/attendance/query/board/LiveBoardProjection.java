package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.board.BoardWriter.Written;

import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.eventhandling.ResetHandler;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes the live board: presence, work sessions, punches, leave requests and the numbered feed.
 * Handling only collects; one flush per batch writes everything in the transaction of the token,
 * and what was written is told after its commit.
 */
@ProcessingGroup(LiveBoardProjection.GROUP)
public class LiveBoardProjection {

    public static final String GROUP = "live-board";

    /** Where Axon's work packages say which segment a batch is of. */
    private static final String SEGMENT = "Processor[" + GROUP + "]/SegmentId";

    private static final String COLLECTED = LiveBoardProjection.class.getName();

    private final BoardWriter writer;
    private final BoardReset reset;
    private final BoardTellings tellings;
    private final BoardFaults faults;

    LiveBoardProjection(
            BoardWriter writer, BoardReset reset, BoardTellings tellings, BoardFaults faults) {
        this.writer = writer;
        this.reset = reset;
        this.tellings = tellings;
        this.faults = faults;
    }

    /** Takes every message, so that one whose payload cannot be read is seen here and parked. */
    @EventHandler
    public void on(EventMessage<?> message) {
        if (message instanceof DomainEventMessage<?> event) {
            Optional<StreamId> stream = StreamId.parse(event.getAggregateIdentifier());
            if (stream.isPresent()) {
                UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
                batch.<List<Collected>>getOrComputeResource(COLLECTED, _ -> flushing(batch))
                        .add(Collected.of(event, stream.get()));
            }
        }
    }

    private List<Collected> flushing(UnitOfWork<?> batch) {
        List<Collected> collected = new ArrayList<>();
        Object segment = batch.getOrDefaultResource(SEGMENT, "none");
        batch.onPrepareCommit(
                _ -> {
                    Written written = write(collected, segment);
                    batch.afterCommit(
                            _ -> {
                                faults.committed(segment);
                                tellings.tell(written, collected);
                            });
                });
        return collected;
    }

    private Written write(List<Collected> collected, Object segment) {
        try {
            return writer.write(collected);
        } catch (RuntimeException e) {
            faults.failed(segment, e);
            throw e;
        }
    }

    @ResetHandler
    public void onReset() {
        reset.clear();
    }
}

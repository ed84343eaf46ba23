package com.abrohr.attendance.command.eventstore;

import static com.abrohr.attendance.command.eventstore.Punches.punch;
import static com.abrohr.attendance.command.eventstore.Punches.punches;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.abrohr.attendance.messages.attendance.PunchedIn;

import org.axonframework.common.transaction.NoTransactionManager;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.eventhandling.PropagatingErrorHandler;
import org.axonframework.eventhandling.SimpleEventHandlerInvoker;
import org.axonframework.eventhandling.pooled.PooledStreamingEventProcessor;
import org.axonframework.eventhandling.tokenstore.inmemory.InMemoryTokenStore;
import org.axonframework.messaging.StreamableMessageSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.LongStream;

/** Every poll is an hour away, so whatever arrives was signalled. */
@Timeout(60)
class WakeUpIT {

    private LogDatabase database;
    private LogNode a;
    private LogNode b;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private PooledStreamingEventProcessor processor;

    @BeforeEach
    void aProcessorOnTheSecondNode() {
        database = new LogDatabase();
        a = database.node();
        b = database.node();
        await().until(() -> a.listener.isListening() && b.listener.isListening());
        processor =
                PooledStreamingEventProcessor.builder()
                        .name("board")
                        .eventHandlerInvoker(
                                SimpleEventHandlerInvoker.builder()
                                        .eventHandlers(new Board())
                                        .build())
                        .errorHandler(PropagatingErrorHandler.instance())
                        .messageSource(b.store)
                        .tokenStore(new InMemoryTokenStore())
                        .transactionManager(NoTransactionManager.INSTANCE)
                        .coordinatorExecutor(threads)
                        .workerExecutor(threads)
                        .initialSegmentCount(1)
                        .initialToken(StreamableMessageSource::createTailToken)
                        .tokenClaimInterval(LogNode.NEVER.toMillis())
                        .claimExtensionThreshold(LogNode.NEVER.toMillis())
                        .build();
        processor.start();
        await().until(() -> b.signal.subscribers() > 0);
    }

    @AfterEach
    void close() {
        processor.shutDown();
        // the coordinator says that it is shut down just before it closes its stream
        await().until(() -> b.signal.subscribers() == 0);
        threads.shutdown();
        database.close();
    }

    private final class Board {
        @EventHandler
        void on(PunchedIn event, DomainEventMessage<PunchedIn> message) {
            heard.add(event.employeeId() + ":" + message.getSequenceNumber());
        }
    }

    @Test
    void aProcessorHearsWhatAnotherNodeStoresWithoutAnyPoll() {
        for (int i = 0; i < 20; i++) {
            a.engine.appendEvents(List.of(punch("e", "c" + i, i)));
            int count = i + 1;
            await().until(() -> heard.size() == count);
        }
        assertThat(heard)
                .containsExactlyElementsOf(
                        LongStream.range(0, 20).mapToObj(i -> "e:" + i).toList());
    }

    @Test
    void aProcessorHearsItsOwnNodeThoughNothingIsNotified() {
        b.listener.close();

        for (int i = 0; i < 20; i++) {
            b.engine.appendEvents(List.of(punch("e", "c" + i, i)));
        }
        await().until(() -> heard.size() == 20);
    }

    @Test
    void noneIsMissedWhenManyAreStoredWhileTheProcessorIsAtWork() {
        for (int i = 0; i < 300; i++) {
            (i % 2 == 0 ? a : b).engine.appendEvents(punches("e" + i, "c", 0, 3));
        }
        await().until(() -> heard.size() == 900);
        assertThat(heard).doesNotHaveDuplicates();
    }

    @Test
    void whatWasStoredWhileTheListenerWasCutOffIsHeardAfterItsReturn() {
        for (int round = 0; round < 5; round++) {
            await().until(() -> database.kill(EventLogListener.APPLICATION_NAME) > 0);
            a.engine.appendEvents(List.of(punch("e", "c" + round, round)));
            int count = round + 1;
            await().until(() -> heard.size() == count);
            await().until(() -> b.listener.isListening());
        }
    }

    @Test
    void theEchoOfAnOwnCommitWakesNobody() throws Exception {
        b.engine.appendEvents(List.of(punch("e", "c", 0)));
        await().until(() -> heard.size() == 1);
        long version = b.signal.version();
        b.signal.committedUpTo(1);

        assertThat(b.signal.version()).isEqualTo(version);
    }
}

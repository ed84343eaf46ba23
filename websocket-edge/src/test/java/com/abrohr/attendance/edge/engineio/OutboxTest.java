package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OutboxTest {

    private final Outbox outbox = new Outbox(1_000);

    private static OutboundMessage message(String text) {
        return OutboundMessage.of(text);
    }

    private List<String> takeOneByOne() {
        List<String> taken = new ArrayList<>();
        for (EnginePacket next = outbox.take(); next != null; next = outbox.take()) {
            StringBuilder payload = new StringBuilder();
            next.appendTo(payload);
            taken.add(payload.toString());
            outbox.sent(next);
        }
        return taken;
    }

    @Test
    void one_message_fits_an_empty_queue_whatever_its_size_and_nothing_after_it() {
        Outbox outbox = new Outbox(1_000);

        assertThat(outbox.offer(message("x".repeat(5_000)))).isTrue();
        assertThat(outbox.offer(message("y"))).isFalse();
    }

    @Test
    void messagesLeaveInTheOrderInWhichTheyCame() {
        outbox.offer(message("a"));
        outbox.offer(OutboundMessage.of("b", List.of(new byte[] {1})));
        outbox.offer(message("c"));
        assertThat(takeOneByOne()).containsExactly("4a", "4b", "bAQ==", "4c");
        assertThat(outbox.bytes()).isZero();
    }

    @Test
    void whatDoesNotFitIsNotTakenAtAll() {
        assertThat(outbox.offer(message("x".repeat(900)))).isTrue();
        long bytes = outbox.bytes();
        assertThat(outbox.offer(OutboundMessage.of("y", List.of(new byte[100])))).isFalse();
        assertThat(outbox.bytes()).isEqualTo(bytes);
        assertThat(takeOneByOne()).hasSize(1);
    }

    @Test
    void aPacketCountsUntilItIsWritten() {
        outbox.offer(message("x".repeat(900)));
        EnginePacket writing = outbox.take();
        assertThat(outbox.offer(message("y".repeat(100)))).isFalse();
        outbox.sent(writing);
        assertThat(outbox.offer(message("y".repeat(100)))).isTrue();
    }

    @Test
    void manySmallMessagesCountMoreThanTheirText() {
        int taken = 0;
        while (outbox.offer(message(""))) {
            taken++;
        }
        assertThat(taken).isLessThan(50);
    }

    @Test
    void ofVolatileMessagesTheLastOfEachKeyIsKept() {
        for (int i = 0; i < 100; i++) {
            outbox.offerLatest("a", message("a" + i), false);
            outbox.offerLatest("b", message("b" + i), false);
        }
        assertThat(takeOneByOne()).containsExactly("4a99", "4b99");
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void aVolatileMessageWaitsWhileAnotherIsBeingWritten() {
        outbox.offerLatest("a", message("1"), true);
        EnginePacket writing = outbox.take();
        outbox.offerLatest("a", message("2"), true);
        outbox.offerLatest("a", message("3"), true);
        outbox.sent(writing);
        assertThat(takeOneByOne()).containsExactly("43");
    }

    @Test
    void keysThatNeverEndDoNotFillTheMemory() {
        for (int i = 0; i < 1_000; i++) {
            outbox.offerLatest("key" + i, message("x"), false);
        }
        assertThat(takeOneByOne()).hasSize(64);
    }

    @Test
    void packetsTakenTogetherAreTheFirstAndCountNoLonger() {
        outbox.offer(message("a"));
        outbox.offer(message("b"));
        outbox.offer(message("c"));
        outbox.offerLatest("key", message("d"), false);

        assertThat(outbox.takeUpTo(2)).hasSize(2);
        assertThat(outbox.takeUpTo(5)).hasSize(2);
        assertThat(outbox.isEmpty()).isTrue();
        assertThat(outbox.bytes()).isZero();
        assertThat(outbox.held()).isZero();
    }

    @Test
    void aPacketThatIsWrittenAfterEverythingWasTakenCountsNothing() {
        outbox.offer(message("x"));
        EnginePacket writing = outbox.take();
        outbox.offer(message("y"));
        outbox.takeAll();
        outbox.sent(writing);
        assertThat(outbox.bytes()).isZero();
    }
}

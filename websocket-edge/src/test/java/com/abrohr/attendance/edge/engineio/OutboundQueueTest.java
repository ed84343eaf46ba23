package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class OutboundQueueTest {

    private final Quota quota = new Quota(null, Long.MAX_VALUE, Long.MAX_VALUE);
    private final OutboundQueue queue = queue(1_000);

    private OutboundQueue queue(int maxBytes) {
        var lease = new Quotas.Lease(quota, () -> {}, () -> {});
        return new OutboundQueue(this, new ConnectionMemory(lease), maxBytes, maxBytes);
    }

    private static OutboundMessage message(String text) {
        return OutboundMessage.of(text);
    }

    private List<String> takeOneByOne() {
        List<String> taken = new ArrayList<>();
        for (OutboundPacket next = queue.take(); next != null; next = queue.take()) {
            StringBuilder payload = new StringBuilder();
            next.appendTo(payload);
            taken.add(payload.toString());
            queue.sent(next);
        }
        return taken;
    }

    @Test
    void oneMessageFitsAnEmptyQueueWhateverItsSizeAndNothingAfterIt() {
        OutboundQueue queue = queue(1_000);

        assertThat(queue.offer(message("x".repeat(5_000)))).isTrue();
        assertThat(queue.offer(message("y"))).isFalse();
    }

    @Test
    void messagesLeaveInTheOrderInWhichTheyCame() {
        queue.offer(message("a"));
        queue.offer(OutboundMessage.of("b", List.of(new byte[] {1})));
        queue.offer(message("c"));
        assertThat(takeOneByOne()).containsExactly("4a", "4b", "bAQ==", "4c");
        assertThat(queue.bytes()).isZero();
    }

    @Test
    void whatDoesNotFitIsNotTakenAtAll() {
        assertThat(queue.offer(message("x".repeat(900)))).isTrue();
        long bytes = queue.bytes();
        assertThat(queue.offer(OutboundMessage.of("y", List.of(new byte[100])))).isFalse();
        assertThat(queue.bytes()).isEqualTo(bytes);
        assertThat(takeOneByOne()).hasSize(1);
    }

    @Test
    void aPacketCountsUntilItIsWritten() {
        queue.offer(message("x".repeat(900)));
        OutboundPacket writing = queue.take();
        assertThat(queue.offer(message("y".repeat(100)))).isFalse();
        queue.sent(writing);
        assertThat(queue.offer(message("y".repeat(100)))).isTrue();
    }

    @Test
    void manySmallMessagesCountMoreThanTheirText() {
        int taken = 0;
        while (queue.offer(message(""))) {
            taken++;
        }
        assertThat(taken).isLessThan(50);
    }

    @Test
    void ofVolatileMessagesTheLastOfEachKeyIsKept() {
        for (int i = 0; i < 100; i++) {
            queue.offerLatest("a", message("a" + i), false);
            queue.offerLatest("b", message("b" + i), false);
        }
        assertThat(takeOneByOne()).containsExactly("4a99", "4b99");
        assertThat(queue.isEmpty()).isTrue();
    }

    @Test
    void aVolatileMessageWaitsWhileAnotherIsBeingWritten() {
        queue.offerLatest("a", message("1"), true);
        OutboundPacket writing = queue.take();
        queue.offerLatest("a", message("2"), true);
        queue.offerLatest("a", message("3"), true);
        queue.sent(writing);
        assertThat(takeOneByOne()).containsExactly("43");
    }

    @Test
    void keysThatNeverEndDoNotFillTheMemory() {
        for (int i = 0; i < 1_000; i++) {
            queue.offerLatest("key" + i, message("x"), false);
        }
        assertThat(takeOneByOne()).hasSize(64);
    }

    @Test
    void packetsTakenTogetherAreTheFirstAndCountNoLonger() {
        OutboundQueue queue = queue(100_000);
        queue.offer(message("a".repeat(5_000)));
        queue.offer(message("b"));
        queue.offer(message("c"));
        queue.offerLatest("key", message("d"), false);

        assertThat(quota.bytes()).isPositive();
        assertThat(queue.takeUpTo(2)).hasSize(2);
        assertThat(queue.takeUpTo(5)).hasSize(2);
        assertThat(queue.isEmpty()).isTrue();
        assertThat(queue.bytes()).isZero();
        assertThat(quota.bytes()).isZero();
    }

    @Test
    void aPacketThatIsWrittenAfterEverythingWasTakenCountsNothing() {
        queue.offer(message("x"));
        OutboundPacket writing = queue.take();
        queue.offer(message("y"));
        queue.close();
        queue.sent(writing);
        assertThat(queue.bytes()).isZero();
    }
}

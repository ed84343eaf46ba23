package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

class MessageAssemblerTest {

    private static final int MAX_PAYLOAD = 20_000;

    private final Quota quota = new Quota(null, Long.MAX_VALUE, 100_000);
    private final ConnectionMemory memory =
            new ConnectionMemory(new Quotas.Lease(quota, () -> {}, () -> {}));
    private final MessageAssembler messages = new MessageAssembler(MAX_PAYLOAD);

    @Test
    void theLastPartCompletesAMessageAndFreesItsMemory() throws Exception {
        assertThat(messages.add("a".repeat(3_000), false, memory)).isNull();
        assertThat(messages.add("b".repeat(3_000), false, memory)).isNull();
        assertThat(quota.bytes()).isGreaterThan(12_000);
        assertThat(messages.add("c", true, memory)).hasSize(6_001).endsWith("bc");
        assertThat(quota.bytes()).isZero();

        assertThat(messages.add(ByteBuffer.allocate(9_000), false, memory)).isNull();
        assertThat(messages.add(ByteBuffer.allocate(1), true, memory)).hasSize(9_001);
        assertThat(quota.bytes()).isZero();
    }

    @Test
    void aMessageThatIsTooLargeIsRefusedBeforeItIsComplete() throws Exception {
        messages.add("a".repeat(MAX_PAYLOAD), false, memory);

        assertThatThrownBy(() -> messages.add("b", false, memory))
                .isInstanceOfSatisfying(
                        MessageAssembler.RefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.PAYLOAD_TOO_LARGE));
        assertThat(quota.bytes()).isZero();
    }

    @Test
    void aPartWithoutMemoryIsRefused() throws Exception {
        assertThat(memory.tryReserve(90_000)).isTrue();
        long before = quota.bytes();

        assertThatThrownBy(() -> messages.add("a".repeat(10_000), false, memory))
                .isInstanceOfSatisfying(
                        MessageAssembler.RefusedException.class,
                        e -> assertThat(e.reason()).isEqualTo(CloseReason.INBOUND_OVERFLOW));
        assertThat(quota.bytes()).isEqualTo(before);
    }

    @Test
    void whatIsIncompleteIsFreedByTheCloseAndWhatComesAfterItIsDropped() throws Exception {
        messages.add("a".repeat(9_000), false, memory);
        messages.close(memory);

        assertThat(quota.bytes()).isZero();
        assertThat(messages.add("b", true, memory)).isNull();
    }
}

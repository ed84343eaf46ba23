package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;

class OutboundPacketTest {

    /** RFC 6455, 5.2: the length in one byte, or after 126 in two, or after 127 in eight. */
    @ParameterizedTest
    @CsvSource({"0, 0", "125, 125", "126, 126", "65535, 126", "65536, 127", "200000, 127"})
    void aFrameSaysItsLengthInTheFewestBytes(int length, int firstLength) {
        byte[] payload = new byte[length];
        Arrays.fill(payload, (byte) 7);

        ByteBuffer frame = ByteBuffer.wrap(OutboundPacket.binary(payload).frame());

        assertThat(frame.get()).isEqualTo((byte) 0x82);
        assertThat(frame.get()).isEqualTo((byte) firstLength);
        long said =
                switch (firstLength) {
                    case 126 -> Short.toUnsignedInt(frame.getShort());
                    case 127 -> frame.getLong();
                    default -> firstLength;
                };
        assertThat(said).isEqualTo(length);
        byte[] rest = new byte[frame.remaining()];
        frame.get(rest);
        assertThat(rest).isEqualTo(payload);
    }

    @Test
    void textIsFramedAsUtf8WithItsTypeAndMadeOnce() {
        OutboundPacket packet = OutboundPacket.text('4', "2[\"né€😀\"]");

        byte[] text = OutboundMessage.utf8("42[\"né€😀\"]");
        ByteBuffer expected = ByteBuffer.allocate(2 + text.length);
        expected.put((byte) 0x81).put((byte) text.length).put(text);
        assertThat(packet.frame()).isEqualTo(expected.array());
        assertThat(packet.bytes()).isEqualTo(text.length);
        assertThat(packet.frame()).isSameAs(packet.frame());
    }
}

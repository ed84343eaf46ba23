package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/** WebSocket frames that no proper client sends, and some that a proper one may. */
class FramesIT {

    private static final Duration LINGER = Duration.ofSeconds(1);
    private static final String PATH = "/engine.io/?EIO=4&transport=websocket";

    private BareSocket socket;

    private static int port() {
        return ConformanceServer.shared().port();
    }

    @BeforeEach
    void open() throws IOException {
        socket = new BareSocket(port(), PATH, 0);
        assertThat(socket.read().text()).startsWith("0{");
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
    }

    @Test
    void aClientThatOffersCompressionGetsNone() {
        assertThat(socket.head).doesNotContainIgnoringCase("Sec-WebSocket-Extensions");
    }

    @Test
    void aPingIsAnsweredAlsoBetweenTheFragmentsOfAMessage() throws IOException {
        socket.send(BareSocket.TEXT, "4in ".getBytes(UTF_8));
        socket.send(BareSocket.LAST | BareSocket.PING, new byte[] {7});
        BareSocket.OutboundEvent pong = socket.read();
        assertThat(pong.head() & 0xf).isEqualTo(BareSocket.PONG);
        assertThat(pong.payload()).containsExactly(7);

        socket.send(BareSocket.LAST | BareSocket.PONG, new byte[] {9});
        socket.send(BareSocket.CONTINUATION, "two ".getBytes(UTF_8));
        socket.send(BareSocket.LAST | BareSocket.CONTINUATION, "parts".getBytes(UTF_8));
        assertThat(socket.read().text()).isEqualTo("4in two parts");
    }

    @Test
    void aCharacterMayBeCutByAFragment() throws IOException {
        byte[] message = "4€😀".getBytes(UTF_8);
        for (int i = 0; i < message.length; i++) {
            int head = i == 0 ? BareSocket.TEXT : BareSocket.CONTINUATION;
            int last = i == message.length - 1 ? BareSocket.LAST : 0;
            socket.send(last | head, new byte[] {message[i]});
        }
        assertThat(socket.read().text()).isEqualTo("4€😀");
    }

    @Test
    void textThatIsNoUtf8IsRefused() throws IOException {
        socket.send(BareSocket.LAST | BareSocket.TEXT, new byte[] {'4', (byte) 0xc3, 0x28});
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1007);
    }

    @Test
    void aMessageThatClaimsToBeCompressedIsRefused() throws IOException {
        socket.send(
                BareSocket.LAST | BareSocket.COMPRESSED | BareSocket.TEXT, "4x".getBytes(UTF_8));
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
    }

    @Test
    void aFrameWithoutMaskIsRefused() throws IOException {
        socket.sendUnmasked("4x");
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
    }

    @Test
    void aControlFrameInFragmentsIsRefused() throws IOException {
        socket.send(BareSocket.PING, new byte[] {1});
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
    }

    /** The container is then still busy with the server's first message. */
    @Test
    void theReasonArrivesAlsoWhenAMessageIsJustBeingWritten() throws IOException {
        byte[] unmasked = BareSocket.frame(BareSocket.LAST | BareSocket.TEXT, new byte[1], false);
        for (int i = 0; i < 10; i++) {
            try (BareSocket hasty = new BareSocket(port(), PATH, 0, unmasked)) {
                assertThat(hasty.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
            }
        }
    }

    @Test
    void theSocketLingersForWhatTheClientStillSends() throws IOException {
        byte[] sent = followedByMore(BareSocket.frame(BareSocket.PING, new byte[1], true));
        // The second for which it lingers may pass before a busy machine has come to the end.
        boolean lingered = false;
        for (int i = 0; i < 5 && !lingered; i++) {
            long begin = System.nanoTime();
            try (BareSocket talkative = new BareSocket(port(), PATH, 0)) {
                talkative.sendRaw(sent);
                assertThat(talkative.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
                assertThat(talkative.read()).isNull();
                lingered = mayStillSend(talkative);
            } catch (IOException e) {
                // A reset is right only when this machine took longer than the socket lingers.
                assertThat(Duration.ofNanos(System.nanoTime() - begin))
                        .as(e.toString())
                        .isGreaterThanOrEqualTo(LINGER);
            }
        }
        assertThat(lingered).isTrue();
    }

    private static boolean mayStillSend(BareSocket talkative) throws IOException {
        // Wakes the poller, which lets go of closed sockets, and so resets those not read.
        new BareSocket(port(), PATH, 0).close();
        try {
            talkative.sendRaw(new byte[1]);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theReasonOfTheProtocolsOwnIsNotLostToAResetEither() throws IOException {
        socket.sendRaw(
                followedByMore(
                        BareSocket.frame(
                                BareSocket.LAST | BareSocket.TEXT,
                                "nonsense".getBytes(UTF_8),
                                true)));
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(4002);
        socket.send(BareSocket.LAST | BareSocket.CLOSE, new byte[] {3, (byte) 0xe8});
        assertThat(socket.read()).isNull();
    }

    @Test
    void aClientThatNeverStopsSendingIsCutOff() throws IOException {
        socket.send(BareSocket.PING, new byte[1]);
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1002);
        cutOff(socket);
        try (BareSocket other = new BareSocket(port(), PATH, 0)) {
            other.send("nonsense");
            assertThat(other.read(BareSocket.CLOSE).closeCode()).isEqualTo(4002);
            cutOff(other);
        }
    }

    private static void cutOff(BareSocket sender) {
        byte[] frame =
                BareSocket.frame(
                        BareSocket.LAST | BareSocket.TEXT,
                        "4x".repeat(30_000).getBytes(UTF_8),
                        true);
        assertThatThrownBy(
                        () -> {
                            for (int i = 0; i < 1_000; i++) {
                                sender.sendRaw(frame);
                            }
                        })
                .isInstanceOf(IOException.class);
    }

    private static byte[] followedByMore(byte[] first) {
        byte[] more = BareSocket.frame(BareSocket.LAST | BareSocket.TEXT, new byte[60_000], true);
        ByteBuffer all = ByteBuffer.allocate(first.length + 8 * more.length).put(first);
        for (int i = 0; i < 8; i++) {
            all.put(more);
        }
        return all.array();
    }

    @Test
    void fragmentsThatGrowBeyondTheLimitCloseTheSocket() throws IOException {
        socket.send(BareSocket.TEXT, ("4" + "x".repeat(59_999)).getBytes(UTF_8));
        byte[] part = "x".repeat(60_000).getBytes(UTF_8);
        for (int i = 0; i < 16; i++) {
            socket.send(BareSocket.CONTINUATION, part);
        }
        assertThat(socket.read(BareSocket.CLOSE).closeCode()).isEqualTo(1009);
    }
}

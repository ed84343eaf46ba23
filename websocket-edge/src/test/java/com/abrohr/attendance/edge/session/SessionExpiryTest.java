package com.abrohr.attendance.edge.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.RecordingSocket;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Stream;

class SessionExpiryTest {

    private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");

    private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform()
                            .uncaughtExceptionHandler((thread, error) -> uncaught.add(error))
                            .factory());
    private final SessionExpiry expiry = new SessionExpiry(Clock.fixed(NOW, ZoneOffset.UTC), timer);

    @AfterEach
    void stop() {
        timer.shutdownNow();
    }

    @Test
    void anErrorInOneSessionLetsNoOtherTokenLiveOn() {
        timer.shutdownNow();
        ClientSocket broken = mock();
        var error = new StackOverflowError();
        doThrow(error).when(broken).disconnect(SessionExpiry.TOKEN_EXPIRED);
        List<RecordingSocket> others =
                Stream.generate(() -> new RecordingSocket(null)).limit(100).toList();
        others.subList(0, 50).forEach(socket -> expiry.watch(socket, NOW));
        expiry.watch(broken, NOW);
        others.subList(50, 100).forEach(socket -> expiry.watch(socket, NOW));

        assertThatThrownBy(expiry::closeExpired).isSameAs(error);

        assertThat(others)
                .allSatisfy(
                        socket ->
                                assertThat(socket.closed())
                                        .containsExactly(SessionExpiry.TOKEN_EXPIRED));
    }

    @Test
    void aSessionThatCouldNotBeClosedIsTriedAgain() {
        timer.shutdownNow();
        ClientSocket socket = mock();
        doThrow(new IllegalStateException())
                .doNothing()
                .when(socket)
                .disconnect(SessionExpiry.TOKEN_EXPIRED);
        expiry.watch(socket, NOW);

        expiry.closeExpired();
        expiry.closeExpired();
        expiry.closeExpired();

        verify(socket, times(2)).disconnect(SessionExpiry.TOKEN_EXPIRED);
    }

    @Test
    void theScanGoesOnAfterAnErrorAndReportsIt() {
        ClientSocket broken = mock();
        doThrow(new OutOfMemoryError())
                .doNothing()
                .when(broken)
                .disconnect(SessionExpiry.TOKEN_EXPIRED);
        expiry.watch(broken, NOW);
        Awaitility.await().untilAsserted(() -> assertThat(uncaught).hasSize(1));

        RecordingSocket later = new RecordingSocket(null);
        expiry.watch(later, NOW);

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(later.closed())
                                        .containsExactly(SessionExpiry.TOKEN_EXPIRED));
    }
}

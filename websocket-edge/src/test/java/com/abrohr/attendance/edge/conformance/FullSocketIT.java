package com.abrohr.attendance.edge.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A client that pings but does not read: its pongs and messages share a socket that is full. */
class FullSocketIT {

    private static final String PATH = "/engine.io/?EIO=4&transport=websocket";
    private static final String PASSWORD = "of a test";
    private static final int MESSAGES = 60;
    private static final int RECEIVE_BUFFER = 4_096;
    private static final Duration NOT_READING = Duration.ofMillis(300);

    @Test
    void messagesAndPongsComeWholeAndInOrder() throws Exception {
        try (var socket = new BareSocket(ConformanceServer.shared().port(), PATH, RECEIVE_BUFFER)) {
            hearsEverything(socket);
        }
    }

    @Test
    void soTheyDoOverTls(@TempDir Path folder) throws Exception {
        Path keyStore = keyStore(folder);
        try (var server = ConformanceServer.startWithTls(keyStore, PASSWORD);
                var socket =
                        new BareSocket(
                                trusting(keyStore),
                                server.port(),
                                PATH,
                                RECEIVE_BUFFER,
                                new byte[0])) {
            hearsEverything(socket);
        }
    }

    private static void hearsEverything(BareSocket socket) throws Exception {
        assertThat(socket.read().text()).startsWith("0{");
        // Once nothing fits any more, the server reads no further, and this waits.
        CompletableFuture<Void> sending =
                CompletableFuture.runAsync(
                        () -> {
                            try {
                                for (int i = 0; i < MESSAGES; i++) {
                                    socket.send(message(i));
                                    socket.send(
                                            BareSocket.LAST | BareSocket.PING,
                                            new byte[] {(byte) i});
                                }
                            } catch (IOException e) {
                                throw new AssertionError(e);
                            }
                        });
        Thread.sleep(NOT_READING);
        List<String> messages = new ArrayList<>();
        List<Integer> pongs = new ArrayList<>();
        while (messages.size() < MESSAGES || pongs.size() < MESSAGES) {
            BareSocket.OutboundEvent frame = socket.read();
            switch (frame.head()) {
                case BareSocket.LAST | BareSocket.TEXT -> messages.add(frame.text());
                case BareSocket.LAST | BareSocket.PONG -> pongs.add((int) frame.payload()[0]);
                default -> throw new AssertionError("a frame of kind " + frame.head());
            }
        }
        sending.get(10, TimeUnit.SECONDS);
        for (int i = 0; i < MESSAGES; i++) {
            assertThat(messages.get(i)).isEqualTo(message(i));
            assertThat(pongs.get(i)).isEqualTo(i);
        }
    }

    private static String message(int number) {
        return "4" + number + "€".repeat(10_000);
    }

    private static Path keyStore(Path folder) throws Exception {
        Path file = folder.resolve("localhost.p12");
        Process keytool =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "localhost",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=localhost",
                                "-keystore",
                                file.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        String output = new String(keytool.getInputStream().readAllBytes(), UTF_8);
        assertThat(keytool.waitFor()).as(output).isZero();
        return file;
    }

    private static Socket trusting(Path keyStore) throws Exception {
        KeyStore known = KeyStore.getInstance(keyStore.toFile(), PASSWORD.toCharArray());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("localhost", known.getCertificate("localhost"));
        var managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context.getSocketFactory().createSocket();
    }
}

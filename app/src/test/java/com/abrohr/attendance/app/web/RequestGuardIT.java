package com.abrohr.attendance.app.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** What a client can do to a node with HTTP alone, and without being anybody. */
class RequestGuardIT {

    private static final RequestLimits LIMITS = new RequestLimits(4, 3, Duration.ofSeconds(2));

    @TempDir Path directory;

    private final CountDownLatch gate = new CountDownLatch(1);
    private final List<Socket> sockets = new ArrayList<>();
    private final Tomcat tomcat = new Tomcat();
    private GuardedHttpProtocol http;

    @BeforeEach
    void start() throws LifecycleException {
        var connector = new Connector(GuardedHttpProtocol.class.getName());
        connector.setPort(0);
        http = (GuardedHttpProtocol) connector.getProtocolHandler();
        http.limit(LIMITS, 4);
        tomcat.setBaseDir(directory.toString());
        tomcat.setConnector(connector);
        Context context = tomcat.addContext("", directory.toString());
        Tomcat.addServlet(context, "reader", new Reader());
        context.addServletMappingDecoded("/*", "reader");
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException, IOException {
        gate.countDown();
        for (Socket socket : sockets) {
            socket.close();
        }
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void ofTooManyUnfinishedHeadersTheNewestGo() throws IOException {
        http.limit(new RequestLimits(4, 3, Duration.ofSeconds(60)), 4);
        List<Socket> first = List.of(begun(), begun(), begun());
        await().until(() -> http.guard().unfinished() == 3);

        assertThat(endOf(begun())).isEmpty();
        assertThat(endOf(begun())).isEmpty();
        assertThat(http.guard().unfinished()).isEqualTo(3);
        assertThat(answer("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n")).startsWith("HTTP/1.1 200");

        for (Socket socket : first) {
            send(socket, "X: y\r\nConnection: close\r\n\r\n");
            assertThat(endOf(socket)).startsWith("HTTP/1.1 200");
        }
        await().until(() -> http.guard().unfinished() == 0);
    }

    @Test
    void headersThatNeverEndAreEnded() throws IOException, InterruptedException {
        Socket dripping = begun();
        Thread drip =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        while (true) {
                                            send(dripping, "X: y\r\n");
                                            Thread.sleep(200);
                                        }
                                    } catch (IOException | InterruptedException e) {
                                        // Ended, as it should be.
                                    }
                                });
        assertThat(drip.join(Duration.ofSeconds(10))).isTrue();
        await().until(() -> http.guard().unfinished() == 0);
    }

    @Test
    void aBodyThatNeverEndsIsEnded() throws IOException {
        Socket slow = connected();
        send(slow, "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc");
        await().until(() -> http.guard().requests() == 1);
        await().atMost(Duration.ofSeconds(10)).until(() -> http.guard().requests() == 0);
        endOf(slow);
    }

    @Test
    void tooManyAtOnceAreRefusedAndTheOthersAreAnswered() throws IOException {
        List<Socket> held = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Socket socket = connected();
            send(socket, "GET /hold HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
            held.add(socket);
        }
        await().until(() -> http.guard().requests() == 4);

        assertThat(answer("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n"))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 1");

        gate.countDown();
        for (Socket socket : held) {
            assertThat(endOf(socket)).startsWith("HTTP/1.1 200");
        }
        await().until(() -> http.guard().requests() == 0);
        assertThat(answer("GET /quick HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    @Test
    void whoSendsSlowlyMakesRoomForOthers() throws IOException {
        http.limit(new RequestLimits(4, 3, Duration.ofSeconds(60)), 4);
        for (int i = 0; i < 4; i++) {
            send(connected(), "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
        }
        await().until(() -> http.guard().requests() == 4);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(answer("GET /quick HTTP/1.1\r\nHost: a\r\n\r\n"))
                                        .startsWith("HTTP/1.1 200"));
    }

    private Socket begun() throws IOException {
        Socket socket = connected();
        send(socket, "GET /quick HTTP/1.1\r\nHost: a\r\n");
        return socket;
    }

    private String answer(String request) throws IOException {
        Socket socket = connected();
        send(socket, request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
        return endOf(socket);
    }

    private Socket connected() throws IOException {
        var socket = new Socket("127.0.0.1", http.getLocalPort());
        socket.setSoTimeout(10_000);
        sockets.add(socket);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** All that comes until the server closes. */
    private static String endOf(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        var text = new StringBuilder();
        try {
            for (int next = in.read(); next >= 0; next = in.read()) {
                text.append((char) next);
            }
        } catch (SocketException e) {
            // Reset, because something was not read.
        }
        return text.toString();
    }

    private final class Reader extends HttpServlet {
        private static final long serialVersionUID = 1L;

        @Override
        protected void service(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (request.getRequestURI().equals("/hold")) {
                try {
                    gate.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            request.getInputStream().readAllBytes();
            response.getWriter().write("done");
        }
    }
}

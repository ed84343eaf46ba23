import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Makes the AOT cache of an extracted application: starts it once on a database of its own, lets
 * people punch, ask for leave and look at boards for a while, and ends it, upon which the virtual
 * machine writes what it has learnt. A start with that cache loads fewer classes and compiles early
 * what is called often.
 */
final class AotTraining {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String SECRET = "of a server that lives for a minute";
    private static final Duration START_LIMIT = Duration.ofMinutes(2);
    private static final Duration END_LIMIT = Duration.ofMinutes(3);
    private static final int COMPANIES = 6;
    private static final int EMPLOYEES = 20;
    private static final int MANAGERS = 3;
    private static final int PUNCHES_OF_A_SOCKET = 24;

    private final URI server;
    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger punches = new AtomicInteger();

    private AotTraining(int port) {
        this.server = URI.create("http://127.0.0.1:" + port);
    }

    /**
     * args: the application's folder with attendance.jar in it, where the cache is put as
     * attendance.aot; the options file; seconds of traffic; further arguments of the application.
     * The virtual machine that runs this is the one that is trained.
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Path cache = folder.resolve("attendance.aot");
        Path origin = folder.resolve("attendance.aot.of");
        String wanted = digest(folder, Path.of(args[1]));
        if (Files.exists(cache)
                && Files.exists(origin)
                && Files.readString(origin).equals(wanted)) {
            return;
        }
        Files.deleteIfExists(cache);
        Path data = Files.createTempDirectory("attendance-training-");
        try {
            train(folder, cache, data, args);
        } finally {
            delete(data);
        }
        Files.writeString(origin, wanted);
    }

    private static void train(Path folder, Path cache, Path data, String[] args) throws Exception {
        int port = freePort();
        Path log = folder.resolveSibling("aot-training.log");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                JAVA.toString(),
                                "@" + args[1],
                                // What is archived does not fit into the metaspace of a server.
                                "-XX:MaxMetaspaceSize=512m",
                                "-XX:AOTCacheOutput=" + cache,
                                "-jar",
                                folder.resolve("attendance.jar").toString(),
                                "--server.port=" + port,
                                "--attendance.data-dir=" + data,
                                "--attendance.security.jwt.secret=" + SECRET));
        command.addAll(List.of(args).subList(3, args.length));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        try {
            var training = new AotTraining(port);
            training.awaitReady(process, log);
            training.run(Duration.ofSeconds(Integer.parseInt(args[2])));
            process.destroy();
            if (!process.waitFor(END_LIMIT.toSeconds(), TimeUnit.SECONDS) || !Files.exists(cache)) {
                throw failed("no AOT cache was written", log);
            }
            System.out.println(
                    "AOT cache of "
                            + Files.size(cache) / 1_000_000
                            + " MB, trained with "
                            + training.punches
                            + " punches");
        } finally {
            process.destroyForcibly();
        }
    }

    private static IllegalStateException failed(String what, Path log) throws IOException {
        return new IllegalStateException(what + "\n" + Files.readString(log));
    }

    private void awaitReady(Process process, Path log) throws Exception {
        Instant limit = Instant.now().plus(START_LIMIT);
        while (process.isAlive() && Instant.now().isBefore(limit)) {
            try {
                if (get("/actuator/health/readiness", null) == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            Thread.sleep(100);
        }
        throw failed("the server did not become ready", log);
    }

    private void run(Duration duration) throws Exception {
        Instant until = Instant.now().plus(duration);
        List<Future<Void>> days = new ArrayList<>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int company = 0; company < COMPANIES; company++) {
                String companyId = "company-" + company;
                for (int i = 0; i < EMPLOYEES; i++) {
                    String id = "employee-" + company + "-" + i;
                    days.add(people.submit(() -> work(id, companyId, until)));
                }
                for (int i = 0; i < MANAGERS; i++) {
                    String id = "manager-" + company + "-" + i;
                    days.add(people.submit(() -> watch(id, companyId, until)));
                }
            }
        }
        for (Future<Void> day : days) {
            day.get();
        }
    }

    private Void work(String id, String companyId, Instant until) throws Exception {
        String token = token(id, "employee", companyId);
        boolean in = true;
        int day = 0;
        while (Instant.now().isBefore(until)) {
            try (var client = new Client(token)) {
                for (int i = 0; i < PUNCHES_OF_A_SOCKET && Instant.now().isBefore(until); i++) {
                    client.send(
                            """
                            42["%s",{"employeeId":"%s","timestamp":"%s",\
                            "location":{"lat":40.4,"lng":-3.7},"commandId":"%s-%d"}]"""
                                    .formatted(
                                            in ? "punch_in" : "punch_out",
                                            id,
                                            Instant.now(),
                                            id,
                                            System.nanoTime()));
                    client.await(in ? "punch_in_confirmed" : "punch_out_confirmed");
                    punches.incrementAndGet();
                    in = !in;
                    Thread.sleep(150);
                }
                client.send(
                        """
                        421["leave_request",{"employeeId":"%s","leaveType":"annual",\
                        "startDate":"2031-%02d-%02d","endDate":"2031-%02d-%02d","reason":"Rest"}]"""
                                .formatted(
                                        id,
                                        1 + day / 28,
                                        1 + day % 28,
                                        1 + day / 28,
                                        1 + day % 28));
                day++;
                client.await("431");
                client.send("422[\"punch_batch\",{\"offline\":true,\"items\":[{},{}]}]");
                client.await("432");
                client.send("423[\"no_such_event\"]");
                client.await("433");
            }
            poll(token);
            for (String path : List.of("sessions", "punches", "leave-requests", "feed")) {
                get("/api/v1/" + path + "?limit=20", token);
            }
        }
        return null;
    }

    private Void watch(String id, String companyId, Instant until) throws Exception {
        String token = token(id, "manager", companyId);
        Pattern leave = Pattern.compile("leave_request_new\",\\{\"id\":\"([^\"]+)\"");
        while (Instant.now().isBefore(until)) {
            try (var client = new Client(token)) {
                client.send("42[\"request_live_dashboard\"]");
                Instant rest = Instant.now().plusSeconds(5);
                while (Instant.now().isBefore(rest)) {
                    String heard = client.next();
                    Matcher request = leave.matcher(heard == null ? "" : heard);
                    if (request.find()) {
                        client.send(
                                "422[\"leave_approve\",{\"id\":\""
                                        + request.group(1)
                                        + "\",\"approved\":true}]");
                    }
                }
            }
            for (String path : List.of("presence", "sessions", "punches", "feed")) {
                get("/api/v1/" + path + "?limit=50", token);
            }
        }
        return null;
    }

    /** Comes in by polling, and goes. */
    private void poll(String token) throws IOException, InterruptedException {
        URI endpoint = server.resolve("/socket.io/?EIO=4&transport=polling");
        String open = send(HttpRequest.newBuilder(endpoint)).body();
        URI session =
                URI.create(endpoint + "&sid=" + open.replaceAll(".*\"sid\":\"([^\"]+)\".*", "$1"));
        for (String body : List.of("40{\"token\":\"" + token + "\"}", "1")) {
            send(HttpRequest.newBuilder(session).POST(HttpRequest.BodyPublishers.ofString(body)));
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return http.send(
                request.timeout(Duration.ofSeconds(10)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int get(String path, String token) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(server.resolve(path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return send(request).statusCode();
    }

    /** As much of Socket.IO as it takes to be heard. */
    private final class Client implements AutoCloseable, WebSocket.Listener {
        private final LinkedBlockingQueue<String> heard = new LinkedBlockingQueue<>();
        private final StringBuilder part = new StringBuilder();
        private final WebSocket socket;

        Client(String token) throws InterruptedException {
            socket =
                    http.newWebSocketBuilder()
                            .buildAsync(
                                    URI.create(
                                            "ws://127.0.0.1:"
                                                    + server.getPort()
                                                    + "/socket.io/?EIO=4&transport=websocket"),
                                    this)
                            .join();
            send("40{\"token\":\"" + token + "\"}");
            await("40{");
        }

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            part.append(data);
            if (last) {
                String message = part.toString();
                part.setLength(0);
                if (message.equals("2")) {
                    from.sendText("3", true);
                } else {
                    heard.add(message);
                }
            }
            from.request(1);
            return null;
        }

        void send(String message) {
            socket.sendText(message, true).join();
        }

        String next() throws InterruptedException {
            return heard.poll(1, TimeUnit.SECONDS);
        }

        void await(String words) throws InterruptedException {
            for (int silent = 0; silent < 20; ) {
                String message = next();
                if (message == null) {
                    silent++;
                } else if (message.contains(words)) {
                    return;
                }
            }
            throw new IllegalStateException("never heard " + words);
        }

        @Override
        public void close() {
            socket.abort();
        }
    }

    private static String token(String id, String role, String companyId)
            throws GeneralSecurityException {
        long now = Instant.now().getEpochSecond();
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String claims =
                """
                {"id":"%s","role":"%s","companyId":"%s","iat":%d,"exp":%d}"""
                        .formatted(id, role, companyId, now, now + 3600);
        String signed =
                base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes())
                        + "."
                        + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return signed + "." + base64.encodeToString(mac.doFinal(signed.getBytes()));
    }

    /** What the cache depends on: every byte of the application, its options, its machine. */
    private static String digest(Path folder, Path options) throws Exception {
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(JAVA.toRealPath().toString().getBytes(StandardCharsets.UTF_8));
        sha256.update(Runtime.version().toString().getBytes(StandardCharsets.UTF_8));
        sha256.update(Files.readAllBytes(options));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path jar : files.filter(f -> f.toString().endsWith(".jar")).sorted().toList()) {
                sha256.update(folder.relativize(jar).toString().getBytes(StandardCharsets.UTF_8));
                sha256.update(Files.getLastModifiedTime(jar).toString().getBytes());
                sha256.update(Files.readAllBytes(jar));
            }
        }
        return HexFormat.of().formatHex(sha256.digest());
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

package com.abrohr.attendance.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.LoggerContext;

import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The whole process once, in demo mode: what it is made of, and who may come in where. */
class AttendanceApplicationIT {

    @TempDir static Path home;

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static ConfigurableApplicationContext application;
    private static String base;

    @BeforeAll
    static void start() {
        application =
                SpringApplication.run(
                        AttendanceApplication.class,
                        "--server.port=0",
                        "--attendance.demo=true",
                        "--attendance.demo-script=false",
                        "--attendance.security.allowed-origins[0]=https://hr.example.com",
                        "--attendance.data-dir=" + home.resolve("data"));
        base = "http://localhost:" + application.getEnvironment().getProperty("local.server.port");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void nothingFellBackToMemoryOrToXml() {
        assertThat(application.getBean(TokenStore.class)).isInstanceOf(JdbcTokenStore.class);
        assertThat(application.getBean(EventStorageEngine.class).getClass().getSimpleName())
                .isEqualTo("GroupCommitEventStorageEngine");
        assertThat(typeName("eventSerializer")).isEqualTo("EventSerializer");
        assertThat(typeName("defaultSerializer")).isEqualTo("Jackson3Serializer");
    }

    @Test
    void claimsLostToAnotherNodeAreLoggedInOneLine() {
        assertThat(((LoggerContext) LoggerFactory.getILoggerFactory()).getTurboFilterList())
                .contains(application.getBean(LostClaimLogFilter.class));
    }

    @Test
    void readinessAnswersInTimeWhileTheDatabaseStandsStill() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/actuator/health/readiness", null).statusCode() == 200);
        ProcessHandle postmaster =
                ProcessHandle.of(
                                Long.parseLong(
                                        Files.readAllLines(
                                                        home.resolve(
                                                                "data/postgres/postmaster.pid"))
                                                .getFirst()
                                                .strip()))
                        .orElseThrow();
        List<ProcessHandle> database =
                Stream.concat(Stream.of(postmaster), postmaster.descendants()).toList();
        signal("-STOP", database);
        try {
            await().pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .during(Duration.ofSeconds(12))
                    .atMost(Duration.ofSeconds(120))
                    .untilAsserted(
                            () -> {
                                long asked = System.nanoTime();
                                int status = get("/actuator/health/readiness", null).statusCode();
                                Duration took = Duration.ofNanos(System.nanoTime() - asked);
                                assertThat(took).isLessThan(Duration.ofSeconds(3));
                            });
        } finally {
            signal("-CONT", database);
        }
        await().atMost(Duration.ofSeconds(60))
                .until(() -> get("/actuator/health/readiness", null).statusCode() == 200);
    }

    private static void signal(String signal, List<ProcessHandle> processes) throws Exception {
        List<String> command = new ArrayList<>(List.of("kill", signal));
        processes.forEach(process -> command.add(String.valueOf(process.pid())));
        new ProcessBuilder(command).start().waitFor();
    }

    private static String typeName(String bean) {
        return application.getBean(bean, Serializer.class).getClass().getSimpleName();
    }

    @Test
    void isReadyOnceCommandsAreStoredAndReadModelsFollow() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(
                        () ->
                                assertThat(get("/actuator/health/readiness", null).statusCode())
                                        .isEqualTo(200));
        assertThat(get("/actuator/health/liveness", null).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "/api/v1/presence, 401, UNAUTHENTICATED",
        "/api/v1/nothing, 401, UNAUTHENTICATED",
        "/api, 401, UNAUTHENTICATED",
        "/actuator/env, 401, UNAUTHENTICATED",
        "/actuator/heapdump, 401, UNAUTHENTICATED",
        "/api/v1/demo/nothing, 404, NOT_FOUND",
        "/nothing, 404, NOT_FOUND",
    })
    void aStrangerIsToldNothing(String path, int status, String code) {
        HttpResponse<String> answer = get(path, null);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"" + code + "\"", "\"correlationId\":");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/index.html",
                "/api/v1/presence",
                "/api/v1/openapi.yaml",
                "/api/v1/docs/index.html",
                "/actuator/health/liveness",
                "/nothing"
            })
    void everyRouteCarriesTheSecurityHeadersWhetherItsBodyIsWantedOrNot(String path) {
        for (String method : List.of("GET", "HEAD")) {
            var headers =
                    send(request(path, null).method(method, BodyPublishers.noBody()).build())
                            .headers();

            assertThat(headers.allValues("Content-Security-Policy"))
                    .as(method)
                    .singleElement(STRING)
                    .contains("default-src 'self'", "frame-ancestors 'none'");
            assertThat(headers.allValues("X-Content-Type-Options")).containsExactly("nosniff");
            assertThat(headers.allValues("X-Frame-Options")).containsExactly("DENY");
            assertThat(headers.allValues("Strict-Transport-Security")).hasSize(1);
            assertThat(headers.allValues("Referrer-Policy")).containsExactly("no-referrer");
            assertThat(headers.firstValue("X-Correlation-Id")).isPresent();
            assertThat(headers.firstValue("Cache-Control")).isPresent();
        }
    }

    @Test
    void theDocumentNamesTheRoutesThatThereAreAndNoOther() {
        assertThat(get("/api/v1/openapi.yaml", "worthless").body()).startsWith("openapi: 3.1");
        JsonNode document =
                application
                        .getBean(JsonMapper.class)
                        .readTree(get("/api/v1/openapi.json", null).body());
        Set<String> documented = new TreeSet<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .propertyNames()
                                        .forEach(
                                                method ->
                                                        documented.add(
                                                                method.toUpperCase(Locale.ROOT)
                                                                        + " /api/v1"
                                                                        + path.getKey())));
        documented.removeIf(route -> route.startsWith("PARAMETERS "));

        assertThat(documented).isEqualTo(routes());
    }

    @ParameterizedTest
    @CsvSource({
        "employeeId=%zz, employeeId",
        "employeeId=%ff, employeeId",
        "limit=1&siteId=%4, siteId",
        "=1, query",
        "%zz=1, query",
    })
    void aQueryThatCannotBeDecodedIsInvalidUnderTheNameOfItsParameter(String query, String field)
            throws IOException {
        String bearer = "Authorization: Bearer " + token("lucia-romero") + "\r\n";
        for (String path : List.of("/api/v1/punches", "/api/v1/openapi.yaml", "/")) {
            assertInvalid(exchange("GET " + path + "?" + query + " HTTP/1.1", bearer), field);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Idempotency-Key",
                "X-Read-After",
                "If-None-Match",
                "Range",
                "If-Modified-Since",
                "Origin"
            })
    void aHeaderWithControlCharactersIsInvalidUnderItsName(String header) throws IOException {
        String bearer = "Authorization: Bearer " + token("lucia-romero") + "\r\n";
        for (String path : List.of("/api/v1/punches", "/api/v1/openapi.yaml", "/")) {
            for (String fault : List.of("\u0080", "a\u009fb")) {
                String lines = header + ": " + fault + "\r\n" + bearer;
                assertInvalid(
                        exchange("GET " + path + " HTTP/1.1", lines),
                        header.toLowerCase(Locale.ROOT));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a|b HTTP/1.1",
                "GET /api/v1/punches?a=\u00e9 HTTP/1.1",
                "GET /%zz HTTP/1.1",
                "GET /a%2fb HTTP/1.1",
                "GET /a\\b HTTP/1.1",
                "GE(T / HTTP/1.1",
                "GET / HTTP/9.9",
            })
    void whatTheConnectorRefusesIsAProblemWithTheSecurityHeadersToo(String requestLine)
            throws IOException {
        String answer = exchange(requestLine, "");

        assertThat(answer).matches("(?s)HTTP/1.1 (400|404|505) .*");
        assertThat(answer).contains("\r\nX-Content-Type-Options: nosniff\r\n");
        assertThat(answer).contains("\r\nX-Frame-Options: DENY\r\n");
        assertThat(answer).contains("\r\nContent-Security-Policy: default-src 'self'");
        assertThat(answer).containsIgnoringCase("Content-Type: application/problem+json");
        assertThat(answer).contains("\"code\":\"").doesNotContain("<html");
    }

    private static void assertInvalid(String answer, String field) {
        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .containsIgnoringCase("Content-Type: application/problem+json")
                .contains("\"code\":\"INVALID\"", "X-Frame-Options: DENY")
                .containsIgnoringCase("\"field\":\"" + field + "\"");
    }

    /** What the server answers to bytes that no client library would send. */
    private static String exchange(String requestLine, String headers) throws IOException {
        URI server = URI.create(base);
        try (Socket socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(20_000);
            String request =
                    requestLine + "\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Set<String> routes() {
        Set<String> routes = new TreeSet<>();
        application
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(
                        mapping ->
                                mapping.getPatternValues().stream()
                                        .filter(path -> path.startsWith("/api/"))
                                        .forEach(
                                                path ->
                                                        mapping.getMethodsCondition()
                                                                .getMethods()
                                                                .forEach(
                                                                        method ->
                                                                                routes.add(
                                                                                        method + " "
                                                                                                + path))));
        return routes;
    }

    @Test
    void thePageToTryTheApiIsThereForEverybody() {
        assertThat(get("/api/v1/docs", null).headers().firstValue("Location"))
                .hasValueSatisfying(to -> assertThat(to).endsWith("/api/v1/docs/index.html"));
        for (String file :
                List.of("index.html", "docs.js", "swagger-ui-bundle.js", "swagger-ui.css")) {
            assertThat(get("/api/v1/docs/" + file, null).statusCode()).as(file).isEqualTo(200);
        }
        assertThat(get("/api/v1/docs/nothing", null).body()).contains("\"code\":\"NOT_FOUND\"");
    }

    @Test
    void aDemoPersonSignsInAndReads() {
        String token = token("lucia-romero");

        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(
                        () ->
                                assertThat(get("/api/v1/presence?limit=500", token).body())
                                        .contains("lucia-romero", "zoneId\":\"America/Bogota"));
        assertThat(get("/api/v1/nothing", token).body()).contains("\"code\":\"NOT_FOUND\"");
        assertThat(get("/api/v1/presence?limit=x", token).body())
                .contains("\"code\":\"INVALID\"", "\"field\":\"limit\"");
    }

    @Test
    void aBodyBeyondTheLimitIsTooLargeDeclaredOrNot() {
        byte[] body = " ".repeat(70_000).getBytes(StandardCharsets.US_ASCII);
        String token = token("lucia-romero");
        var declared = BodyPublishers.ofByteArray(body);
        var undeclared = BodyPublishers.fromPublisher(BodyPublishers.ofByteArray(body));

        for (var publisher : new HttpRequest.BodyPublisher[] {declared, undeclared}) {
            HttpResponse<String> answer =
                    send(
                            request("/api/v1/punches", token)
                                    .header("Content-Type", "application/json")
                                    .header("Idempotency-Key", "long")
                                    .POST(publisher)
                                    .build());
            assertThat(answer.statusCode()).isEqualTo(413);
            assertThat(answer.body()).contains("\"code\":\"TOO_LARGE\"");
        }
    }

    @Test
    void onlyListedOriginsMayAskAcrossSites() {
        assertThat(preflight("https://hr.example.com").statusCode()).isEqualTo(200);
        assertThat(preflight("https://evil.example.com").statusCode()).isEqualTo(403);
    }

    @Test
    void theSameOriginsMayOpenSockets() {
        assertThat(handshake("https://hr.example.com").statusCode()).isEqualTo(200);
        assertThat(handshake("https://evil.example.com").statusCode()).isEqualTo(403);
    }

    private static HttpResponse<String> handshake(String origin) {
        return send(
                request("/socket.io/?EIO=4&transport=polling", null)
                        .header("Origin", origin)
                        .GET()
                        .build());
    }

    private static HttpResponse<String> preflight(String origin) {
        return send(
                request("/api/v1/presence", null)
                        .header("Origin", origin)
                        .header("Access-Control-Request-Method", "GET")
                        .method("OPTIONS", BodyPublishers.noBody())
                        .build());
    }

    private static String token(String employeeId) {
        String body =
                send(request("/api/v1/demo/sign-in", null)
                                .header("Content-Type", "application/json")
                                .POST(
                                        BodyPublishers.ofString(
                                                "{\"employeeId\":\"" + employeeId + "\"}"))
                                .build())
                        .body();
        return body.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
    }

    private static HttpResponse<String> get(String path, @Nullable String token) {
        return send(request(path, token).GET().build());
    }

    private static HttpRequest.Builder request(String path, @Nullable String token) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return CLIENT.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package com.abrohr.attendance.system.harness;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The REST interface as one holder of a token sees it. */
public final class Api {
    private static final HttpClient HTTP =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI base;
    private final String token;

    /**
     * @param token empty for nobody
     */
    public Api(URI base, String token) {
        this.base = base;
        this.token = token;
    }

    /**
     * @param body missing node when it is not JSON
     */
    public record Answer(int status, String text, JsonNode body, Map<String, String> headers) {
        public String code() {
            return body.path("code").asString("");
        }

        public JsonNode items() {
            return body.path("items");
        }
    }

    public Answer get(String path) {
        return exchange(request(path).GET().build());
    }

    public Answer get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        return exchange(request.build());
    }

    public Answer post(String path, Object body, String commandId) {
        return postText(path, JSON.writeValueAsString(body), commandId);
    }

    /**
     * @param commandId empty for a request without one
     */
    public Answer postText(String path, String body, String commandId) {
        HttpRequest.Builder request =
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!commandId.isEmpty()) {
            request.header("Idempotency-Key", commandId);
        }
        return exchange(request.build());
    }

    /**
     * Any request; what is given replaces nothing, so a content type must be among the headers.
     *
     * @param body empty for none
     */
    public Answer send(String method, String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                request(path)
                        .method(
                                method,
                                body.isEmpty()
                                        ? HttpRequest.BodyPublishers.noBody()
                                        : HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        return exchange(request.build());
    }

    /**
     * @throws OutcomeUnknown when no whole answer came
     */
    public Answer exchange(HttpRequest request) {
        try {
            HttpResponse<String> response =
                    HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            response.headers()
                    .map()
                    .forEach((name, values) -> headers.put(name, String.join(", ", values)));
            return new Answer(
                    response.statusCode(), response.body(), json(response.body()), headers);
        } catch (IOException e) {
            throw new OutcomeUnknown(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutcomeUnknown("interrupted", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(Duration.ofSeconds(15));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    private static JsonNode json(String text) {
        try {
            return text.isBlank() ? JSON.missingNode() : JSON.readTree(text);
        } catch (JacksonException notJson) {
            return JSON.missingNode();
        }
    }

    /** A request was sent and nobody knows what became of it. */
    public static final class OutcomeUnknown extends RuntimeException {
        OutcomeUnknown(String what, Exception cause) {
            super(what, cause);
        }
    }
}

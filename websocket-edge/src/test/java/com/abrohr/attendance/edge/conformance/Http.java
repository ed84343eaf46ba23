package com.abrohr.attendance.edge.conformance;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A polling client of one endpoint, no cleverer than the test that uses it. */
final class Http {

    static final HttpClient CLIENT =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(10))
                    .build();
    static final JsonMapper JSON = JsonMapper.builder().build();

    private final String base;

    Http(int port, String path) {
        this.base = "http://localhost:" + port + path;
    }

    URI uri(String query) {
        return URI.create(base + "?" + query);
    }

    URI webSocketUri(String query) {
        return URI.create(base.replace("http:", "ws:") + "?" + query);
    }

    JsonNode open() {
        HttpResponse<String> response = get("EIO=4&transport=polling");
        return JSON.readTree(response.body().substring(1));
    }

    String openSid() {
        return open().path("sid").asString();
    }

    HttpResponse<String> get(String query) {
        return send(HttpRequest.newBuilder(uri(query)).GET());
    }

    HttpResponse<String> poll(String sid) {
        return get("EIO=4&transport=polling&sid=" + sid);
    }

    CompletableFuture<HttpResponse<String>> pollLater(String sid) {
        return CLIENT.sendAsync(
                HttpRequest.newBuilder(uri("EIO=4&transport=polling&sid=" + sid)).build(),
                BodyHandlers.ofString());
    }

    HttpResponse<String> post(String sid, String body) {
        return post(sid, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    HttpResponse<String> post(String sid, byte[] body) {
        return send(
                HttpRequest.newBuilder(uri("EIO=4&transport=polling&sid=" + sid))
                        .header("Content-Type", "text/plain;charset=UTF-8")
                        .POST(BodyPublishers.ofByteArray(body)));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return CLIENT.send(
                    request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

package com.abrohr.attendance.system.harness;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A script that takes one JSON command a line and tells one JSON value a line. */
final class ScriptProcess implements ClientDriver {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Process process;
    private final BufferedWriter input;
    private final Map<Long, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Consumer<JsonNode> listener;

    static ScriptProcess node(String script, Consumer<JsonNode> listener) {
        return new ScriptProcess(
                List.of("node", "node/" + script),
                "Node.js 20 or later must be on the PATH",
                listener);
    }

    /**
     * @param command started in the folder of the system tests
     * @param needs said when it cannot be started
     */
    ScriptProcess(List<String> command, String needs, Consumer<JsonNode> listener) {
        this.listener = listener;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(Project.systemTests().toFile())
                            .redirectError(ProcessBuilder.Redirect.INHERIT)
                            .start();
        } catch (IOException e) {
            throw new IllegalStateException(needs, e);
        }
        input =
                new BufferedWriter(
                        new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        Thread.ofPlatform().daemon().name(command.getLast()).start(this::read);
    }

    private void read() {
        try (var out =
                new BufferedReader(
                        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                JsonNode told = JSON.readTree(line);
                if (told.path("kind").asString("").equals("answer")) {
                    CompletableFuture<JsonNode> waiting = pending.remove(told.path("id").asLong());
                    if (waiting != null) {
                        waiting.complete(told);
                    }
                } else {
                    listener.accept(told);
                }
            }
        } catch (IOException ended) {
            // The process is gone: whoever still waits is told below.
        }
        pending.values()
                .forEach(
                        waiting ->
                                waiting.completeExceptionally(
                                        new IllegalStateException("the script ended")));
    }

    @Override
    public void tell(String op, Map<String, ?> arguments) {
        Map<String, Object> command = new LinkedHashMap<>(arguments);
        command.put("op", op);
        write(command);
    }

    @Override
    public CompletableFuture<JsonNode> ask(String op, Map<String, ?> arguments) {
        long id = ids.incrementAndGet();
        var answer = new CompletableFuture<JsonNode>();
        pending.put(id, answer);
        Map<String, Object> command = new LinkedHashMap<>(arguments);
        command.put("op", op);
        command.put("id", id);
        write(command);
        return answer.thenApply(
                told -> {
                    if (told.has("error")) {
                        throw new IllegalStateException(op + ": " + told.path("error").asString());
                    }
                    return told.path("value");
                });
    }

    static JsonNode await(CompletableFuture<JsonNode> answer, Duration limit) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(String.valueOf(e.getCause()), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer in " + limit, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private synchronized void write(Map<String, Object> command) {
        try {
            input.write(JSON.writeValueAsString(command));
            input.write('\n');
            input.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            input.close();
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}

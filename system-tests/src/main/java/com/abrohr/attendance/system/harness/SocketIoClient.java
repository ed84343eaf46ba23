package com.abrohr.attendance.system.harness;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

/** One socket and everything that it has heard since it was opened. */
public final class SocketIoClient {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final String name;
    private final ClientDriver driver;
    private final List<Heard> heard = new ArrayList<>();
    private final List<String> frames = new ArrayList<>();

    SocketIoClient(String name, ClientDriver driver) {
        this.name = name;
        this.driver = driver;
    }

    /**
     * @param kind {@code event} from the server or {@code lifecycle} of the socket
     * @param args the arguments, an array
     */
    public record Heard(String kind, String name, JsonNode args) {
        public JsonNode first() {
            return args.path(0);
        }
    }

    void heard(JsonNode told) {
        synchronized (heard) {
            String kind = told.path("kind").asString("");
            if (kind.equals("frame")) {
                frames.add(told.path("data").asString(""));
            } else {
                heard.add(new Heard(kind, told.path("name").asString(""), told.path("args")));
            }
            heard.notifyAll();
        }
    }

    /** Waits until the server has let the socket in; fails at once when it is refused. */
    public SocketIoClient connected() {
        Heard outcome = outcome();
        if (!outcome.name().equals("connect")) {
            throw new IllegalStateException("refused: " + outcome.args());
        }
        return this;
    }

    /** The message of connect_error. */
    public String refused() {
        Heard outcome = outcome();
        if (!outcome.name().equals("connect_error")) {
            throw new IllegalStateException("was let in");
        }
        return outcome.first().asString("");
    }

    private Heard outcome() {
        return await(
                "connect or connect_error",
                LIMIT,
                each -> each.kind().equals("lifecycle") && each.name().startsWith("connect"));
    }

    /** Waits for something in the life of the socket, such as upgrade or disconnect. */
    public Heard awaitLifecycle(String what) {
        return await(
                what, LIMIT, each -> each.kind().equals("lifecycle") && each.name().equals(what));
    }

    /** The first argument of the first event of that name that fits, heard already or in time. */
    public JsonNode await(String event, Predicate<JsonNode> fits) {
        return await(event, fits, LIMIT);
    }

    public JsonNode await(String event, Predicate<JsonNode> fits, Duration limit) {
        return await(event, limit, each -> isEvent(each, event) && fits.test(each.first())).first();
    }

    public JsonNode await(String event) {
        return await(event, any -> true);
    }

    private Heard await(String what, Duration limit, Predicate<Heard> fits) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (heard) {
            int seen = 0;
            while (true) {
                for (; seen < heard.size(); seen++) {
                    if (fits.test(heard.get(seen))) {
                        return heard.get(seen);
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError(
                            "no " + what + " in " + limit + "; heard so far: " + heard);
                }
                try {
                    heard.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private static boolean isEvent(Heard each, String event) {
        return each.kind().equals("event") && each.name().equals(event);
    }

    /** First arguments of all events of that name so far. */
    public List<JsonNode> all(String event) {
        synchronized (heard) {
            return heard.stream().filter(each -> isEvent(each, event)).map(Heard::first).toList();
        }
    }

    /** Everything that the server has sent by name so far, in order. */
    public List<Heard> events() {
        synchronized (heard) {
            return heard.stream().filter(each -> each.kind().equals("event")).toList();
        }
    }

    /**
     * Everything from a mark on, in order: what the server sent and what befell the socket. Waits
     * until there is something, for a while.
     *
     * @param mark how much is known already
     * @return empty when nothing came in time
     */
    public List<Heard> awaitSince(int mark, Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        synchronized (heard) {
            while (heard.size() <= mark) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return List.of();
                }
                try {
                    heard.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
            return List.copyOf(heard.subList(mark, heard.size()));
        }
    }

    public List<Heard> lifecycle() {
        synchronized (heard) {
            return heard.stream().filter(each -> each.kind().equals("lifecycle")).toList();
        }
    }

    /** Every Engine.IO packet as it came in. */
    public List<String> frames() {
        synchronized (heard) {
            return List.copyOf(frames);
        }
    }

    /** Forgets what was heard, so that a wait is for something new. */
    public void forget() {
        synchronized (heard) {
            heard.clear();
        }
    }

    public void emit(String event, Object... payload) {
        List<Object> args = new ArrayList<>();
        args.add(event);
        args.addAll(List.of(payload));
        driver.tell("emit", Map.of("socket", name, "args", args));
    }

    /** Emits with an acknowledgement and waits for it: its first argument. */
    public JsonNode ask(String event, Object payload) {
        return ScriptProcess.await(request(event, payload, LIMIT), LIMIT.plusSeconds(2));
    }

    /**
     * Emits with an acknowledgement and does not wait for it.
     *
     * @return completed with the first argument of the acknowledgement
     */
    public CompletableFuture<JsonNode> request(String event, Object payload, Duration limit) {
        return driver.ask(
                "ask",
                Map.of(
                        "socket",
                        name,
                        "args",
                        List.of(event, payload),
                        "timeout",
                        limit.toMillis()));
    }

    /** Ends the transport without a good-bye, as a lost network does. */
    public void drop() {
        driver.tell("drop", Map.of("socket", name));
    }

    public void connect() {
        driver.tell("connect", Map.of("socket", name));
    }

    public void close() {
        driver.tell("close", Map.of("socket", name));
    }
}

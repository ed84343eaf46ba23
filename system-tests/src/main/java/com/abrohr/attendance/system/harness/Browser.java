package com.abrohr.attendance.system.harness;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A headless Chromium of this machine; each window is somebody else's, with storage of its own. */
public final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final List<String> NAMES =
            List.of(
                    "chromium",
                    "chromium-browser",
                    "google-chrome",
                    "google-chrome-stable",
                    "chrome");
    private static final List<String> ELSEWHERE =
            List.of(
                    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
                    "/Applications/Chromium.app/Contents/MacOS/Chromium",
                    "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
                    "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe");

    private final ScriptProcess node = ScriptProcess.node("browser.mjs", told -> {});
    private final @Nullable Path profile;

    public Browser() {
        this(null);
    }

    /**
     * @param profile the folder where all windows keep what they keep, for a browser that is to be
     *     killed
     */
    public Browser(@Nullable Path profile) {
        this.profile = profile;
        try {
            launch();
        } catch (RuntimeException e) {
            node.close();
            throw e;
        }
    }

    private void launch() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("executable", executable());
        if (profile != null) {
            arguments.put("profile", profile.toString());
        }
        ScriptProcess.await(node.ask("launch", arguments), Duration.ofSeconds(60));
    }

    /** Kills the process without a word and starts another on the same profile. */
    public void crash() {
        ask("crash", Map.of("profile", String.valueOf(profile)));
        launch();
    }

    /**
     * The browser named by CHROME_BIN, or the first Chromium or Chrome found.
     *
     * @throws IllegalStateException when this machine has none
     */
    static String executable() {
        String named = System.getenv("CHROME_BIN");
        if (named != null && !named.isBlank()) {
            return named;
        }
        List<Path> candidates = new ArrayList<>();
        String path = System.getenv("PATH");
        for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
            NAMES.forEach(name -> candidates.add(Path.of(folder, name)));
        }
        ELSEWHERE.forEach(place -> candidates.add(Path.of(place)));
        return candidates.stream()
                .filter(Files::isExecutable)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(
                        () ->
                                new IllegalStateException(
                                        "no Chromium or Chrome on this machine: install one"
                                                + " (.ci/run does) or name it in CHROME_BIN"));
    }

    public Window open(String name, URI address) {
        return open(name, address, Map.of());
    }

    /**
     * @param storage what the page finds in its localStorage from the first moment
     */
    public Window open(String name, URI address, Map<String, String> storage) {
        return open(name, Map.of("url", address.toString(), "storage", storage));
    }

    /** As {@link #open(String, URI, Map)}, on a telephone: its screen, touch and user agent. */
    public Window openOnPhone(String name, URI address, Map<String, String> storage) {
        return open(
                name, Map.of("url", address.toString(), "storage", storage, "device", "Pixel 7"));
    }

    /** One more window of the browser that another was opened in: they share what it keeps. */
    public Window openBeside(Window other, String name, URI address) {
        return open(name, Map.of("url", address.toString(), "sameBrowserAs", other.name));
    }

    private Window open(String name, Map<String, ?> more) {
        Map<String, Object> arguments = new LinkedHashMap<>(more);
        arguments.put("page", name);
        arguments.put("timeout", LIMIT.toMillis());
        ask("open", arguments);
        return new Window(name);
    }

    /** What the pages complained about: script errors and failed requests. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        ask("errors", Map.of()).forEach(each -> errors.add(each.asString("")));
        return errors;
    }

    private JsonNode ask(String op, Map<String, ?> arguments) {
        return ScriptProcess.await(node.ask(op, arguments), LIMIT.plusSeconds(20));
    }

    @Override
    public void close() {
        try {
            ScriptProcess.await(node.ask("quit", Map.of()), Duration.ofSeconds(10));
        } finally {
            node.close();
        }
    }

    /** One window; elements are named by their data-testid unless said otherwise. */
    public final class Window {
        private final String name;

        private Window(String name) {
            this.name = name;
        }

        /** Presses the button with this label. */
        public void press(String label) {
            ask("press", with("label", label));
        }

        /** Waits until an element with exactly this text can be read. */
        public void awaitText(String text) {
            ask("readText", with("text", text));
        }

        public void click(String testid) {
            ask("click", of(testid, Map.of()));
        }

        /** Presses the mouse twice at the same place, whatever is there the second time. */
        public void clickTwice(String testid, Duration pause) {
            ask("clickTwice", of(testid, Map.of("pause", pause.toMillis())));
        }

        /** Takes the network from the browser of this window, or gives it back; it notices. */
        public void offline(boolean offline) {
            ask("offline", Map.of("page", name, "offline", offline));
        }

        /** Waits until the browser can open the page without a network. */
        public void awaitKeptForOffline() {
            ask("isKeptForOffline", Map.of("page", name));
        }

        public void reload() {
            ask("reload", Map.of("page", name));
        }

        /** Only the window: what its browser keeps stays. */
        public void close() {
            ask("close", Map.of("page", name));
        }

        public String address() {
            return ask("address", Map.of("page", name)).asString("");
        }

        public void pressKey(String key) {
            ask("pressKey", Map.of("page", name, "key", key));
        }

        /** The test id of the element with the focus, or of the one around it. */
        public @Nullable String focused() {
            JsonNode testid = ask("focused", Map.of("page", name));
            return testid.isNull() ? null : testid.asString();
        }

        /** Types into a field; dates as ISO local dates. */
        public void fill(String testid, String value) {
            ask("fill", of(testid, Map.of("value", value)));
        }

        public void awaitVisible(String testid) {
            ask("waitFor", of(testid, Map.of("state", "visible")));
        }

        public void awaitGone(String testid) {
            ask("waitFor", of(testid, Map.of("state", "detached")));
        }

        public String text(String testid) {
            return ask("text", of(testid, Map.of())).asString("");
        }

        public @Nullable String attribute(String testid, String attribute) {
            JsonNode value = ask("attribute", of(testid, Map.of("name", attribute)));
            return value.isNull() ? null : value.asString();
        }

        /** The test ids that begin so and are on the page now. */
        public List<String> testids(String prefix) {
            List<String> found = new ArrayList<>();
            ask("testids", Map.of("page", name, "prefix", prefix))
                    .forEach(each -> found.add(each.asString("")));
            return found;
        }

        /** Of a page that is not ours: elements by CSS selector. */
        public void clickAt(String css) {
            ask("click", at(css, Map.of()));
        }

        public void fillAt(String css, String value) {
            ask("fill", at(css, Map.of("value", value)));
        }

        public String textAt(String css) {
            return ask("text", at(css, Map.of())).asString("");
        }

        private Map<String, Object> at(String css, Map<String, ?> more) {
            Map<String, Object> arguments = of("", more);
            arguments.put("css", css);
            return arguments;
        }

        /** A picture for whoever reads a failure, in target/. */
        public Path screenshot() {
            Path file = Project.systemTests().resolve("target/browser-" + name + ".png");
            try {
                Files.createDirectories(file.getParent());
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            ask("screenshot", Map.of("page", name, "path", file.toString()));
            return file;
        }

        private Map<String, Object> with(String key, String value) {
            return Map.of("page", name, key, value, "timeout", LIMIT.toMillis());
        }

        private Map<String, Object> of(String testid, Map<String, ?> more) {
            Map<String, Object> arguments = new LinkedHashMap<>(more);
            arguments.put("page", name);
            arguments.put("testid", testid);
            arguments.put("timeout", LIMIT.toMillis());
            return arguments;
        }
    }
}

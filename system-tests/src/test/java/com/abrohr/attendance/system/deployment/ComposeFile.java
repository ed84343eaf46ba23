package com.abrohr.attendance.system.deployment;

import com.abrohr.attendance.system.harness.Project;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** docker-compose.yml as its reader sees it: merged, and with its variables filled in. */
public final class ComposeFile {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$\\{([A-Za-z_]\\w*)(?::([-?])([^}]*))?}");

    private final Map<String, Object> content;
    private final Map<String, String> variables;

    private ComposeFile(Map<String, Object> content, Map<String, String> variables) {
        this.content = content;
        this.variables = variables;
    }

    /**
     * @param variables what stands in the environment or in .env
     */
    public static ComposeFile read(Map<String, String> variables) {
        Path file = Project.root().resolve("docker-compose.yml");
        try {
            return new ComposeFile(
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file)),
                    variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The services made from this project's image, in the order of the file. */
    public List<Service> applications() {
        return services(Service::isApplication);
    }

    public Service service(String name) {
        return services(each -> each.name().equals(name)).getFirst();
    }

    private List<Service> services(Predicate<Service> wanted) {
        List<Service> found = new ArrayList<>();
        map(content.get("services"))
                .forEach((name, service) -> found.add(new Service(name, map(service))));
        return found.stream().filter(wanted).toList();
    }

    /** The text with every variable replaced, as Compose does it. */
    public String filledIn(String text) {
        Matcher matcher = VARIABLE.matcher(text);
        StringBuilder filled = new StringBuilder();
        while (matcher.find()) {
            String value = variables.getOrDefault(matcher.group(1), "");
            if (value.isEmpty() && "?".equals(matcher.group(2))) {
                throw new IllegalStateException(matcher.group(1) + ": " + matcher.group(3));
            }
            if (value.isEmpty() && "-".equals(matcher.group(2))) {
                value = matcher.group(3);
            }
            matcher.appendReplacement(filled, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(filled).toString();
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object node) {
        return (Map<String, Object>) node;
    }

    public final class Service {
        private final String name;
        private final Map<String, Object> node;

        private Service(String name, Map<String, Object> node) {
            this.name = name;
            this.node = node;
        }

        public String name() {
            return name;
        }

        /** Whatever stands under that key; a missing one fails the test that asks. */
        public Object get(String key) {
            Object value = node.get(key);
            if (value == null) {
                throw new IllegalStateException(name + " has no " + key);
            }
            return value;
        }

        public boolean has(String key) {
            return node.containsKey(key);
        }

        public boolean isApplication() {
            return node.containsKey("build");
        }

        public Map<String, String> environment() {
            Map<String, String> environment = new LinkedHashMap<>();
            map(get("environment"))
                    .forEach((key, value) -> environment.put(key, filledIn(value.toString())));
            return environment;
        }
    }
}

package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The OpenAPI document that a server serves; holds real requests and answers against it. */
final class ApiContract {
    private static final String BASE = "/api/v1";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JsonNode document;
    private final SchemaRegistry schemas =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private final Map<String, Schema> compiled = new ConcurrentHashMap<>();
    private final Set<String> seen = ConcurrentHashMap.newKeySet();

    private ApiContract(JsonNode document) {
        this.document = document;
    }

    static ApiContract of(AttendanceServer server) {
        Api.Answer answer = server.api("").get(BASE + "/openapi.json");
        assertThat(answer.status()).isEqualTo(200);
        return new ApiContract(answer.body());
    }

    record Operation(String method, String path, JsonNode node) {
        String name() {
            return method + " " + path;
        }

        boolean isDemoOnly() {
            return node.path("x-demo-only").asBoolean(false);
        }

        boolean isOpen() {
            return node.path("security").isArray() && node.path("security").isEmpty();
        }

        boolean takesBody() {
            return node.has("requestBody");
        }

        boolean answers(int status) {
            return node.path("responses").has(Integer.toString(status));
        }
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                member -> {
                                                    if (!member.getKey().equals("parameters")) {
                                                        operations.add(
                                                                new Operation(
                                                                        member.getKey()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        member.getValue()));
                                                    }
                                                }));
        return operations;
    }

    /** Every answer that is documented of operations of every mode but the demo's. */
    Set<String> documentedAnswers() {
        Set<String> all = new TreeSet<>();
        operations().stream()
                .filter(operation -> !operation.isDemoOnly())
                .forEach(
                        operation ->
                                operation
                                        .node()
                                        .path("responses")
                                        .propertyNames()
                                        .forEach(
                                                status ->
                                                        all.add(operation.name() + " " + status)));
        return all;
    }

    Set<String> seenAnswers() {
        return new TreeSet<>(seen);
    }

    /** Sends and holds the answer, and a request that was accepted, against the document. */
    Api.Answer exchange(
            Api api, String method, String path, String body, Map<String, String> headers) {
        Api.Answer answer = api.send(method, BASE + path, body, headers);
        String what = method + " " + path + " -> " + answer.status() + " " + answer.text();
        Operation operation = operation(method, path.split("\\?", 2)[0]);
        String status = Integer.toString(answer.status());
        JsonNode response = resolved(operation.node().path("responses").path(status));
        assertThat(response.isObject()).as("documented: " + what).isTrue();
        String place = operation.name() + " " + status;
        checkHeaders(place, what, response, answer);
        checkBody(place, what, response, answer);
        if (answer.status() < 400) {
            checkRequest(operation, path, body, headers.keySet(), what);
        }
        seen.add(place);
        return answer;
    }

    /** Each example of the document must itself be what it is an example of. */
    List<String> wrongExamples() {
        List<String> wrong = new ArrayList<>();
        examples(document, "", wrong);
        return wrong;
    }

    private void examples(JsonNode node, String place, List<String> wrong) {
        if (node.isObject() && node.has("schema")) {
            List<JsonNode> given = new ArrayList<>();
            if (node.has("example")) {
                given.add(node.path("example"));
            }
            node.path("examples").forEach(each -> given.add(each.path("value")));
            for (JsonNode example : given) {
                faults(place, node.path("schema"), example)
                        .forEach(fault -> wrong.add(place + ": " + fault));
            }
        }
        if (node.isObject()) {
            node.properties()
                    .forEach(
                            member ->
                                    examples(
                                            member.getValue(),
                                            place + "/" + member.getKey(),
                                            wrong));
        } else if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                examples(node.get(i), place + "/" + i, wrong);
            }
        }
    }

    private Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.method().equals(method))
                .filter(each -> pattern(each.path()).matcher(path).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError(method + " " + path + " is no operation"));
    }

    private static Pattern pattern(String template) {
        return Pattern.compile(
                Pattern.quote(template).replaceAll("\\{[a-zA-Z]+}", "\\\\E[^/]+\\\\Q"));
    }

    private void checkHeaders(String place, String what, JsonNode response, Api.Answer answer) {
        response.path("headers")
                .properties()
                .forEach(
                        header -> {
                            JsonNode documented = resolved(header.getValue());
                            String value = answer.headers().get(header.getKey());
                            assertThat(value).as(header.getKey() + " of " + what).isNotNull();
                            assertThat(
                                            faults(
                                                    place + " " + header.getKey(),
                                                    documented.path("schema"),
                                                    JSON.valueToTree(value)))
                                    .as(header.getKey() + " of " + what)
                                    .isEmpty();
                        });
    }

    private void checkBody(String place, String what, JsonNode response, Api.Answer answer) {
        if (!response.has("content")) {
            assertThat(answer.text()).as(what).isEmpty();
            return;
        }
        String type = answer.headers().getOrDefault("content-type", "").split(";", 2)[0];
        JsonNode content = response.path("content").path(type);
        assertThat(content.isObject()).as(type + " is documented of " + what).isTrue();
        if (type.endsWith("json")) {
            assertThat(faults(place, content.path("schema"), answer.body())).as(what).isEmpty();
        }
    }

    private void checkRequest(
            Operation operation, String path, String body, Set<String> headers, String what) {
        Map<String, JsonNode> query = new ConcurrentHashMap<>();
        Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        List<JsonNode> parameters = new ArrayList<>();
        operation.node().path("parameters").forEach(each -> parameters.add(resolved(each)));
        for (JsonNode parameter : parameters) {
            if (parameter.path("in").asString().equals("query")) {
                query.put(parameter.path("name").asString(), parameter.path("schema"));
            } else {
                names.add(parameter.path("name").asString());
            }
        }
        names.add("Content-Type");
        names.add("Accept");
        assertThat(names).as("headers of " + what).containsAll(headers);
        String[] parts = path.split("\\?", 2);
        for (String pair : parts.length < 2 ? new String[0] : parts[1].split("&")) {
            String[] given = pair.split("=", 2);
            assertThat(query).as("parameters of " + what).containsKey(given[0]);
            String value = URLDecoder.decode(given[1], StandardCharsets.UTF_8);
            JsonNode schema = query.get(given[0]);
            JsonNode read =
                    resolved(schema).path("type").asString("").equals("integer")
                            ? JSON.readTree(value)
                            : JSON.valueToTree(value);
            assertThat(faults(operation.name() + " ?" + given[0], schema, read))
                    .as(given[0] + " of " + what)
                    .isEmpty();
        }
        if (!body.isEmpty()) {
            JsonNode documented = resolved(operation.node().path("requestBody"));
            assertThat(
                            faults(
                                    operation.name() + " body",
                                    documented
                                            .path("content")
                                            .path("application/json")
                                            .path("schema"),
                                    JSON.readTree(body)))
                    .as("body of " + what)
                    .isEmpty();
        }
    }

    private List<String> faults(String place, JsonNode schema, JsonNode value) {
        assertThat(schema.isObject()).as("there is a schema of " + place).isTrue();
        Schema rules = compiled.computeIfAbsent(place, _ -> schemas.getSchema(standalone(schema)));
        return rules
                .validate(
                        value,
                        context ->
                                context.executionConfig(
                                        config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Object::toString)
                .toList();
    }

    /** The schema with what it refers to. */
    private JsonNode standalone(JsonNode schema) {
        ObjectNode whole = JSON.createObjectNode();
        schema.properties().forEach(member -> whole.set(member.getKey(), member.getValue()));
        whole.set("components", document.path("components"));
        return whole;
    }

    private JsonNode resolved(JsonNode node) {
        String reference = node.path("$ref").asString("");
        return reference.startsWith("#/") ? document.at(reference.substring(1)) : node;
    }
}

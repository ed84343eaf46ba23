package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.NodeScripts;
import com.abrohr.attendance.system.harness.Project;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

/** What the document promises and what the server does are the same. */
@ExtendWith(RunningSystem.class)
class OpenApiContractE2E {
    private static final Map<String, String> NOTHING = Map.of();
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final Companies companies;
    private final Companies.Company company;
    private final ApiContract contract;
    private final Api hr;
    private final Api manager;
    private final Api employee;
    private final Api nobody;

    OpenApiContractE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("contract");
        this.contract = ApiContract.of(companies.server());
        this.hr = company.api("hr", "h1");
        this.manager = company.api("manager", "m1");
        this.employee = company.api("employee", "e1");
        this.nobody = companies.server().api("");
    }

    @Test
    void the_document_is_valid_and_its_examples_are_what_they_exemplify() {
        assertThat(
                        NodeScripts.run(
                                "openapi.mjs",
                                Project.root().resolve("app/src/main/resources/openapi.yaml")))
                .isEmpty();
        assertThat(contract.wrongExamples()).isEmpty();
        String yaml = nobody.get("/api/v1/openapi.yaml").text();
        assertThat(yaml).startsWith("openapi: 3.1");
    }

    @Test
    void every_documented_answer_is_given_as_documented_and_no_other() throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<CompletableFuture<Void>> waiting = new ArrayList<>();
            for (ApiContract.Operation read : reads()) {
                waiting.add(
                        CompletableFuture.runAsync(
                                () -> isAskedForAWriteThatNeverCame(read), threads));
            }
            people();
            punches();
            corrections();
            leave();
            lists();
            feed();
            for (String file : List.of("/openapi.yaml", "/openapi.json")) {
                unchanged(nobody, file);
            }
            contract.operations().stream()
                    .filter(operation -> !operation.isDemoOnly())
                    .forEach(this::isAskedWrongly);
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new)).get();
        }

        Set<String> missing = new TreeSet<>(contract.documentedAnswers());
        missing.removeAll(contract.seenAnswers());
        // A fault of the server's and a lost database cannot be provoked here.
        missing.removeIf(answer -> answer.endsWith(" 500"));
        missing.removeIf(answer -> answer.startsWith("POST ") && answer.endsWith(" 503"));
        assertThat(missing).as("documented, but never given").isEmpty();
    }

    private void people() {
        String ana =
                "{\"employeeId\":\"e1\",\"displayName\":\"Ana\",\"siteId\":\"s1\","
                        + "\"departmentId\":\"d1\",\"zone\":\"Europe/Madrid\"}";
        String ben = "{\"employeeId\":\"e2\",\"displayName\":null}";
        said(201, write(hr, "/employees", ana, "k1"));
        said(201, write(hr, "/employees", ana, "k1"));
        said(201, write(hr, "/employees", ben, "k2"));
        said(409, write(hr, "/employees", ben.replace("e2", "e1"), "k1"));
        said(409, write(hr, "/employees", ben.replace("null", "\"Bob\""), "k3"));
        said(403, write(employee, "/employees", ana, "k4"));
        said(403, write(company.api("auditor", "a1"), "/employees", ana, "k4"));
        said(400, write(hr, "/employees", "{}", "k4"));
    }

    private void punches() {
        said(409, write(employee, "/punches", "{\"type\":\"OUT\"}", "p0"));
        said(
                201,
                write(
                        employee,
                        "/punches",
                        "{\"type\":\"IN\",\"occurredAt\":\""
                                + Say.now()
                                + "\",\"zone\":\"Europe/Madrid\",\"employeeId\":null,"
                                + "\"location\":{\"lat\":40.4,\"lng\":-3.7}}",
                        "p1"));
        said(409, write(employee, "/punches", "{\"type\":\"IN\"}", "p2"));
        said(409, write(employee, "/punches", "{\"type\":\"OUT\"}", "p1"));
        said(
                409,
                write(
                        employee,
                        "/punches",
                        "{\"type\":\"OUT\",\"occurredAt\":\""
                                + Instant.now().plus(1, ChronoUnit.DAYS)
                                + "\"}",
                        "p3"));
        said(201, write(employee, "/punches", "{\"type\":\"OUT\"}", ""));
        said(403, write(employee, "/punches", "{\"type\":\"IN\",\"employeeId\":\"e2\"}", "p4"));
        said(404, write(hr, "/punches", "{\"type\":\"IN\",\"employeeId\":\"ghost\"}", "p5"));
        said(201, write(hr, "/punches", "{\"type\":\"IN\",\"employeeId\":\"e2\"}", "p6"));
        said(201, write(manager, "/punches", "{\"type\":\"IN\"}", "p7"));
        offlinePunches();
    }

    private void offlinePunches() {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        String offline = "{\"type\":\"IN\",\"offline\":true,\"occurredAt\":\"%s\"}";
        Instant tooOld = now.minus(73, ChronoUnit.HOURS);
        said(409, write(employee, "/punches", offline.formatted(tooOld), "o1"));
        said(400, write(employee, "/punches", offline.formatted(now), ""));
        String item = "{\"type\":\"%s\",\"occurredAt\":\"%s\",\"commandId\":\"%s\"}";
        Api batcher = company.api("employee", "e3");
        Api.Answer answer =
                said(
                        200,
                        write(
                                batcher,
                                "/punches:batch",
                                "{\"offline\":true,\"items\":["
                                        + item.formatted("IN", now.minusSeconds(60), "o2")
                                        + ","
                                        + item.formatted("OUT", now.minusSeconds(90), "o3")
                                        + "]}",
                                ""));
        assertThat(answer.items().path(0).path("status").asInt()).isEqualTo(201);
        assertThat(answer.items().path(1).path("code").asString()).isEqualTo("OVERLAP");
        said(400, write(batcher, "/punches:batch", "{\"items\":[]}", ""));
    }

    private void corrections() {
        String out = ",\"punchOutTime\":\"" + Instant.now().plusMillis(500) + "\"}";
        said(
                201,
                write(
                        manager,
                        "/corrections",
                        "{\"sessionId\":\"ws-1-e1\",\"reason\":\"forgot\"" + out,
                        "c1"));
        said(409, write(manager, "/corrections", "{\"sessionId\":\"ws-1-m1\"" + out, "c2"));
        said(404, write(manager, "/corrections", "{\"sessionId\":\"ws-9-e1\"" + out, "c3"));
        said(404, write(manager, "/corrections", "{\"sessionId\":\"nonsense\"" + out, "c3"));
        said(400, write(manager, "/corrections", "{\"sessionId\":\"ws-1-e1\"}", "c4"));
        said(403, write(employee, "/corrections", "{\"sessionId\":\"ws-1-e1\"" + out, "c5"));
    }

    private void leave() {
        String days = "\"startDate\":\"2031-01-02\",\"endDate\":\"2031-01-03\"}";
        String next = "\"startDate\":\"2031-02-02\",\"endDate\":\"2031-02-03\"}";
        String annual = "{\"leaveType\":\"annual\",\"reason\":\"rest\",";
        said(201, write(employee, "/leave-requests", annual + days, "l1"));
        said(409, write(employee, "/leave-requests", annual + days, "l2"));
        said(400, write(employee, "/leave-requests", annual + "\"startDate\":\"x\"}", "l3"));
        said(
                403,
                write(employee, "/leave-requests", annual + "\"employeeId\":\"e2\"," + days, "l4"));
        said(404, write(hr, "/leave-requests", annual + "\"employeeId\":\"ghost\"," + days, "l5"));
        said(201, write(employee, "/leave-requests", annual + next, "l6"));
        said(201, write(manager, "/leave-requests", annual + days, "l7"));
        said(
                201,
                write(employee, "/leave-requests", (annual + days).replace("2031", "2032"), "l8"));

        said(200, write(manager, "/leave-requests/lv-1-e1:approve", "{\"comment\":\"ok\"}", "d1"));
        said(409, write(manager, "/leave-requests/lv-1-e1:approve", "", "d2"));
        said(409, write(manager, "/leave-requests/lv-1-m1:approve", "", "d3"));
        said(200, write(manager, "/leave-requests/lv-2-e1:reject", "", "d4"));
        said(409, write(manager, "/leave-requests/lv-2-e1:reject", "", "d5"));
        said(200, write(employee, "/leave-requests/lv-3-e1:withdraw", "{}", "d6"));
        said(409, write(employee, "/leave-requests/lv-3-e1:withdraw", "", "d7"));
        for (String action : List.of(":approve", ":reject", ":withdraw")) {
            said(404, write(manager, "/leave-requests/lv-9-m1" + action, "", "d8" + action));
            said(400, write(manager, "/leave-requests/lv-1-e1" + action, "{\"x\":1}", "d9"));
        }
        for (String action : List.of(":approve", ":reject")) {
            said(403, write(employee, "/leave-requests/lv-1-e1" + action, "", "d10"));
        }
        said(403, write(manager, "/leave-requests/lv-1-e1:withdraw", "", "d10"));
    }

    private void lists() {
        String position =
                write(employee, "/punches", "{\"type\":\"IN\"}", "p9")
                        .body()
                        .path("position")
                        .asString();
        for (ApiContract.Operation read : reads()) {
            for (Api reader : List.of(employee, manager, company.api("auditor", "a1"))) {
                said(
                        200,
                        contract.exchange(
                                reader,
                                "GET",
                                read.path() + "?limit=2",
                                "",
                                Map.of("X-Read-After", position)));
                unchanged(reader, read.path());
            }
            if (read.answers(404)) {
                said(404, get(employee, read.path() + "?employeeId=e2"));
            }
            said(400, get(manager, read.path() + "?nonsense=1"));
        }
        String from = Instant.now().minus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS) + "";
        for (String path :
                List.of(
                        "/punches?employeeId=e1&siteId=s1&source=API&from="
                                + from
                                + "&to=2099-01-01T00:00:00Z",
                        "/sessions?employeeId=e1&from=2020-01-01&to=2099-01-01",
                        "/presence?employeeId=e1&siteId=s1&departmentId=d1&presence=IN",
                        "/leave-requests?employeeId=e1&status=APPROVED",
                        "/employees?employeeId=e1&siteId=s1&departmentId=d1")) {
            assertThat(said(200, get(manager, path)).items()).as(path).isNotEmpty();
        }
        Api.Answer first = get(manager, "/punches?limit=1");
        said(
                200,
                get(
                        manager,
                        "/punches?limit=1&cursor=" + first.body().path("nextCursor").asString()));
    }

    private void feed() {
        Api.Answer answer = said(200, get(manager, "/feed?after=0&limit=500"));
        assertThat(answer.items()).hasSizeGreaterThan(5);
        String epoch = answer.body().path("epoch").asString();
        said(200, get(manager, "/feed?after=1&epoch=" + epoch));
        said(412, get(manager, "/feed?after=1&epoch=another"));
        said(412, get(manager, "/feed?after=1000000"));
        said(400, get(manager, "/feed?after=-1"));
    }

    /** What every operation refuses in the same way. */
    private void isAskedWrongly(ApiContract.Operation operation) {
        String path = operation.path().replace("{id}", "lv-1-e1");
        String method = operation.method();
        if (!operation.isOpen()) {
            said(401, contract.exchange(nobody, method, path, "", NOTHING));
        }
        Map<String, String> html = new TreeMap<>(Map.of("Accept", "text/html"));
        said(406, contract.exchange(hr, method, path, "", html));
        if (operation.takesBody()) {
            said(400, contract.exchange(hr, method, path, "{", JSON));
            said(413, contract.exchange(hr, method, path, " ".repeat(70_000), JSON));
            said(
                    415,
                    contract.exchange(
                            hr, method, path, "{}", Map.of("Content-Type", "text/plain")));
        }
    }

    private void isAskedForAWriteThatNeverCame(ApiContract.Operation read) {
        String never =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                ("2\u001f999\u001f" + company.id() + "\u001fe1")
                                        .getBytes(StandardCharsets.UTF_8));
        said(
                503,
                contract.exchange(manager, "GET", read.path(), "", Map.of("X-Read-After", never)));
    }

    private List<ApiContract.Operation> reads() {
        return contract.operations().stream()
                .filter(operation -> operation.method().equals("GET") && !operation.isOpen())
                .toList();
    }

    private void unchanged(Api reader, String path) {
        String tag = said(200, get(reader, path)).headers().get("ETag");
        said(304, contract.exchange(reader, "GET", path, "", Map.of("If-None-Match", tag)));
    }

    private Api.Answer get(Api reader, String path) {
        return contract.exchange(reader, "GET", path, "", NOTHING);
    }

    private Api.Answer write(Api writer, String path, String body, String key) {
        Map<String, String> headers = new TreeMap<>();
        if (!body.isEmpty()) {
            headers.putAll(JSON);
        }
        if (!key.isEmpty()) {
            headers.put("Idempotency-Key", key);
        }
        return contract.exchange(writer, "POST", path, body, headers);
    }

    private static Api.Answer said(int status, Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }
}

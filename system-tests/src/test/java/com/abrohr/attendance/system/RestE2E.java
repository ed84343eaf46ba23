package com.abrohr.attendance.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.SocketIoClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

@ExtendWith(RunningSystem.class)
class RestE2E {
    private static final List<String> LISTS =
            List.of("/punches", "/sessions", "/presence", "/leave-requests", "/employees");
    private static final List<String> READS =
            List.of("/punches", "/sessions", "/presence", "/leave-requests", "/employees", "/feed");

    private final Companies companies;
    private final Companies.Company company;
    private final Api employee;
    private final Api manager;

    RestE2E(Companies companies) {
        this.companies = companies;
        this.company = companies.found("rest");
        this.employee = company.api("employee", "e1");
        this.manager = company.api("manager", "m1");
    }

    @Test
    void a_read_after_a_write_never_misses_it() {
        for (int round = 0; round < 20; round++) {
            Api.Answer in = punch(employee, "IN");
            assertThat(in.headers()).containsEntry("X-Position", position(in));
            JsonNode punches = after(in, employee, "/punches?limit=1").items();
            assertThat(punches.path(0).path("commandId")).isEqualTo(in.body().path("commandId"));

            Api.Answer out = punch(employee, "OUT");
            JsonNode session = after(out, manager, "/sessions?limit=1").items().path(0);
            assertThat(session.path("id")).isEqualTo(out.body().path("sessionId"));
            assertThat(session.path("punchOutTime").isString()).isTrue();

            Api.Answer correction =
                    post(
                            manager,
                            "/corrections",
                            Map.of(
                                    "sessionId",
                                    session.path("id").asString(),
                                    "punchOutTime",
                                    Instant.parse(out.body().path("countedAt").asString())
                                            .plusMillis(1)
                                            .toString()));
            assertThat(
                            after(correction, employee, "/sessions?limit=1")
                                    .items()
                                    .path(0)
                                    .path("corrected")
                                    .asBoolean())
                    .isTrue();
        }
        Api.Answer asked =
                post(
                        employee,
                        "/leave-requests",
                        Map.of(
                                "leaveType", "annual",
                                "startDate", "2031-01-02",
                                "endDate", "2031-01-03"));
        String id = asked.body().path("leaveId").asString();
        assertThat(
                        after(asked, manager, "/leave-requests?status=PENDING")
                                .items()
                                .path(0)
                                .path("id")
                                .asString())
                .isEqualTo(id);
        Api.Answer approved = post(manager, "/leave-requests/" + id + ":approve", Map.of());
        assertThat(
                        after(approved, employee, "/leave-requests")
                                .items()
                                .path(0)
                                .path("status")
                                .asString())
                .isEqualTo("APPROVED");
        Api.Answer joined = post(company.api("hr", "h1"), "/employees", Map.of("employeeId", "e7"));
        assertThat(after(joined, manager, "/employees?employeeId=e7").items()).hasSize(1);
    }

    @Test
    void a_position_of_somebody_else_is_no_position() {
        String own = position(punch(employee, "IN"));
        String colleagues = position(punch(company.api("employee", "e2"), "IN"));
        Companies.Company other = companies.found("rest-other");
        String elsewhere = position(punch(other.api("employee", "e1"), "IN"));

        List<JsonNode> said = new ArrayList<>();
        for (String position : List.of(colleagues, elsewhere, "garbage", "%00", own + "x")) {
            Api.Answer answer = employee.get(path("/punches"), Map.of("X-Read-After", position));
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertThat(answer.body().path("field").asString()).isEqualTo("X-Read-After");
            said.add(withoutCorrelation(answer));
        }
        assertThat(said).containsOnly(said.getFirst());
        assertThat(manager.get(path("/punches"), Map.of("X-Read-After", elsewhere)).status())
                .isEqualTo(400);
        assertThat(manager.get(path("/punches"), Map.of("X-Read-After", colleagues)).status())
                .isEqualTo(200);
    }

    @Test
    void what_has_not_changed_is_not_sent_again_and_what_has_is() {
        Api.Answer in = punch(employee, "IN");
        for (String read : READS) {
            Api.Answer first = after(in, employee, read);
            String tag = first.headers().get("ETag");
            assertThat(first.headers())
                    .containsEntry("Cache-Control", "no-cache, private")
                    .containsKey("Vary");
            assertThat(first.headers().get("Vary").toLowerCase(Locale.ROOT))
                    .contains("authorization");
            for (String held : List.of(tag, tag.substring(2), "\"x\", " + tag)) {
                Api.Answer again = employee.get(path(read), Map.of("If-None-Match", held));
                assertThat(again.status()).as(read + " " + held).isEqualTo(304);
                assertThat(again.text()).isEmpty();
                assertThat(again.headers()).containsEntry("ETag", tag);
            }
            assertThat(employee.get(path(read), Map.of("If-None-Match", "nonsense\" W/")).status())
                    .isEqualTo(200);
            Api.Answer head = employee.send("HEAD", path(read), "", Map.of());
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.headers())
                    .containsEntry("ETag", tag)
                    .containsKey("Content-Security-Policy");
        }
        Map<String, String> tags = new HashMap<>();
        for (String read : List.of("/punches", "/sessions", "/presence", "/feed")) {
            tags.put(read, employee.get(path(read)).headers().get("ETag"));
        }
        Api.Answer out = punch(employee, "OUT");
        tags.forEach(
                (read, tag) ->
                        assertThat(
                                        employee.get(
                                                        path(read),
                                                        Map.of(
                                                                "If-None-Match",
                                                                tag,
                                                                "X-Read-After",
                                                                position(out)))
                                                .status())
                                .as(read)
                                .isEqualTo(200));
    }

    @Test
    void nobody_is_told_not_modified_by_the_tag_of_somebody_else() {
        Companies.Company other = companies.found("rest-other");
        Api.Answer in = punch(employee, "IN");
        Api.Answer elsewhere = punch(other.api("employee", "e1"), "IN");
        for (String read : READS) {
            String own = after(in, employee, read).headers().get("ETag");
            String managers = after(in, manager, read).headers().get("ETag");
            after(elsewhere, other.api("manager", "m1"), read);
            List<Api> others =
                    List.of(
                            company.api("employee", "e2"),
                            company.api("manager", "m2"),
                            company.api("auditor", "m1"),
                            company.api("hr", "e1"),
                            other.api("manager", "m1"),
                            other.api("employee", "e1"));
            for (Api reader : others) {
                assertThat(
                                reader.get(
                                                path(read),
                                                Map.of("If-None-Match", own + ", " + managers))
                                        .status())
                        .as(read)
                        .isEqualTo(200);
            }
        }
    }

    @Test
    void a_repeat_is_answered_as_the_first_time_and_another_body_is_a_conflict() {
        Map<String, String> body = Map.of("type", "IN", "occurredAt", Say.now());
        Api.Answer first = employee.post(path("/punches"), body, "key-1");
        Api.Answer out = punch(employee, "OUT");

        Api.Answer again = employee.post(path("/punches"), body, "key-1");
        assertThat(again.status()).isEqualTo(first.status()).isEqualTo(201);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.headers()).containsEntry("X-Position", position(first));

        Api.Answer other = employee.post(path("/punches"), Map.of("type", "OUT"), "key-1");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.code()).isEqualTo("IDEMPOTENCY_CONFLICT");
        assertThat(other.body().path("field").asString()).isEqualTo("Idempotency-Key");
        Api.Answer long129 = employee.post(path("/punches"), body, "k".repeat(129));
        assertThat(long129.code()).isEqualTo("INVALID");
        assertThat(long129.body().path("field").asString()).isEqualTo("Idempotency-Key");
        assertThat(after(out, employee, "/punches").items()).hasSize(2);
    }

    @Test
    void the_feed_gives_the_numbers_of_the_sockets_and_of_the_receipts() {
        SocketIoClient managers = company.manager("m2");
        SocketIoClient own = company.employee("e1");
        List<Long> receipts = new ArrayList<>();
        List<Long> ownReceipts = new ArrayList<>();
        for (String type : List.of("IN", "OUT", "IN")) {
            receipts.add(seq(punch(company.api("employee", "e2"), type)));
            ownReceipts.add(seq(punch(employee, type)));
            receipts.add(ownReceipts.getLast());
        }
        List<JsonNode> heard = new ArrayList<>();
        for (String name : List.of("attendance_punch_in", "attendance_punch_out")) {
            managers.await(name, each -> each.path("employeeId").asString().equals("e1"));
        }
        List<JsonNode> companys = pagedFeed(manager, 2);
        managers.await(
                "attendance_punch_in",
                each -> each.path("seq").asLong() == companys.getLast().path("seq").asLong());
        managers.all("attendance_punch_in").forEach(heard::add);
        managers.all("attendance_punch_out").forEach(heard::add);
        assertThat(numbers(companys))
                .containsExactlyElementsOf(receipts)
                .containsExactlyInAnyOrderElementsOf(numbers(heard));

        List<JsonNode> mine = pagedFeed(employee, 1);
        own.await(
                "attendance_update",
                each -> each.path("seq").asLong() == mine.getLast().path("seq").asLong());
        assertThat(numbers(mine))
                .containsExactlyElementsOf(ownReceipts)
                .containsExactlyElementsOf(numbers(own.all("attendance_update")));
        assertThat(mine).allMatch(each -> each.path("employeeId").asString().equals("e1"));
    }

    @Test
    void the_feed_shows_a_write_as_soon_as_it_is_answered() {
        for (int round = 0; round < 20; round++) {
            Api.Answer write = punch(employee, round % 2 == 0 ? "IN" : "OUT");
            for (Api reader : List.of(manager, employee)) {
                JsonNode items = reader.get(path("/feed?after=" + (seq(write) - 1))).items();
                assertThat(numbers(Answers.list(items))).containsExactly(seq(write));
            }
        }
    }

    @Test
    void an_item_of_the_feed_says_what_its_readers_would_have_to_look_up() {
        Api.Answer in = punch(employee, "IN");
        Api.Answer out = punch(employee, "OUT");
        Map<String, String> days =
                Map.of(
                        "leaveType", "annual",
                        "startDate", "2031-01-02",
                        "endDate", "2031-01-03",
                        "reason", "rest");
        post(employee, "/leave-requests", days);
        post(manager, "/leave-requests/lv-1-e1:reject", Map.of("comment", "not now"));
        post(employee, "/leave-requests", days);
        post(employee, "/leave-requests/lv-2-e1:withdraw", Map.of());

        List<JsonNode> items = pagedFeed(employee, 2);

        assertThat(items)
                .extracting(each -> each.path("kind").asString())
                .containsExactly(
                        "PUNCHED",
                        "PUNCHED",
                        "LEAVE_REQUESTED",
                        "LEAVE_CHANGED",
                        "LEAVE_REQUESTED",
                        "LEAVE_CHANGED");
        JsonNode session = items.get(1).path("session");
        assertThat(session.propertyNames())
                .containsExactlyInAnyOrder("id", "businessDate", "punchInTime", "punchOutTime");
        assertThat(session.path("punchInTime")).isEqualTo(in.body().path("countedAt"));
        assertThat(session.path("punchOutTime")).isEqualTo(out.body().path("countedAt"));
        assertThat(items.get(1).path("countedAt")).isEqualTo(out.body().path("countedAt"));
        for (JsonNode item : items.subList(2, 6)) {
            JsonNode leave = item.path("leave");
            assertThat(leave.path("leaveType").asString()).isEqualTo("annual");
            assertThat(leave.path("startDate").asString()).isEqualTo("2031-01-02");
            assertThat(leave.path("endDate").asString()).isEqualTo("2031-01-03");
        }
        assertThat(items.get(3).path("leave").path("decidedBy").asString()).isEqualTo("m1");
        assertThat(items.get(3).path("leave").path("comment").asString()).isEqualTo("not now");
        assertThat(items.get(5).path("leave").path("status").asString()).isEqualTo("WITHDRAWN");
    }

    @Test
    void numbers_that_mean_nothing_any_more_are_stale() {
        punch(employee, "IN");
        for (String read :
                List.of("/feed?after=999", "/feed?epoch=another", "/feed?after=0&epoch=x")) {
            Api.Answer answer = manager.get(path(read));
            assertThat(answer.status()).isEqualTo(412);
            assertThat(answer.code()).isEqualTo("STALE_VERSION");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "employee, 1, 201, 403, 403, 403",
        "manager, 3, 201, 403, 201, 403",
        "hr, 3, 201, 201, 201, 201",
        "auditor, 3, 403, 403, 403, 403",
        "admin, 3, 201, 403, 403, 201",
        "integration, 3, 201, 201, 403, 201",
    })
    void a_role_sees_and_does_what_it_may(
            String role, int people, int punch, int forOthers, int correction, int registration) {
        for (String id : List.of("e1", "e2", "x1")) {
            punch(company.api("employee", id), "IN");
        }
        Api.Answer last = punch(company.api("employee", "x1"), "OUT");
        Api reader = company.api(role, "x1");
        for (String list : List.of("/employees", "/presence", "/sessions")) {
            assertThat(after(last, reader, list).items()).as(list).hasSize(people);
        }
        Api.Answer others = reader.get(path("/punches?employeeId=e2"));
        assertThat(others.status()).isEqualTo(people == 1 ? 404 : 200);

        assertThat(post(reader, "/punches", Map.of("type", "IN")).status()).isEqualTo(punch);
        assertThat(post(reader, "/punches", Map.of("type", "OUT", "employeeId", "e2")).status())
                .isEqualTo(forOthers);
        Map<String, String> corrected =
                Map.of("sessionId", "ws-1-e1", "punchOutTime", Instant.now().toString());
        assertThat(post(reader, "/corrections", corrected).status()).isEqualTo(correction);
        assertThat(post(reader, "/employees", Map.of("employeeId", "new-" + role)).status())
                .isEqualTo(registration);
    }

    @Test
    void routes_and_methods_that_are_not_there_are_problems_too() {
        assertThat(manager.get(path("/no-such-thing")).code()).isEqualTo("NOT_FOUND");
        for (String read : LISTS) {
            Api.Answer answer = manager.send("DELETE", path(read), "", Map.of());
            assertThat(answer.status()).isEqualTo(405);
            assertThat(answer.headers().get("Allow")).contains("GET");
            assertThat(answer.headers()).containsEntry("content-type", "application/problem+json");
            assertThat(answer.body().path("correlationId").asString())
                    .isEqualTo(answer.headers().get("X-Correlation-Id"));
        }
        assertThat(manager.get(path("/corrections")).headers()).containsEntry("Allow", "POST");
        assertThat(manager.get(path("/leave-requests/lv-1-e1:approve")).status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' or '1'='1",
                "e1' --",
                "x'; drop table punch; --",
                "%",
                "_1",
                "\\",
                "${jndi:ldap://x}",
                "e1 ",
                "E1",
            })
    void a_filter_is_a_value_and_nothing_else(String value) {
        Api.Answer in = punch(employee, "IN");
        after(in, manager, "/punches");
        String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8);
        for (String list : LISTS) {
            Api.Answer answer = manager.get(path(list + "?employeeId=" + encoded));
            assertThat(answer.status()).as(list + answer.text()).isEqualTo(200);
            assertThat(answer.items()).as(list).isEmpty();
            Api.Answer cursor = manager.get(path(list + "?cursor=" + encoded));
            assertThat(cursor.status()).as(list + cursor.text()).isEqualTo(400);
        }
        for (String filter :
                List.of("/punches?siteId=", "/presence?departmentId=", "/employees?siteId=")) {
            assertThat(manager.get(path(filter + encoded)).items()).isEmpty();
        }
        for (String list : LISTS) {
            assertThat(manager.get(path(list + "?employeeId=e1%00")).code()).isEqualTo("INVALID");
        }
        assertThat(manager.get(path("/punches")).items()).hasSize(1);
    }

    @Test
    void a_cursor_goes_on_in_its_own_list_and_shows_nothing_of_another_company() {
        Companies.Company other = companies.found("rest-other");
        Api.Answer elsewhere = null;
        Api.Answer last = null;
        for (String id : List.of("e1", "e2", "e3")) {
            for (String type : List.of("IN", "OUT")) {
                elsewhere = punch(other.api("employee", id), type);
                last = punch(company.api("employee", id), type);
            }
        }
        for (String list : List.of("/punches", "/sessions", "/presence", "/employees")) {
            List<JsonNode> paged = new ArrayList<>();
            String cursor = "";
            do {
                Api.Answer page = after(last, manager, list + "?limit=2" + cursor);
                paged.addAll(Answers.list(page.items()));
                String next = page.body().path("nextCursor").asString("");
                cursor = next.isEmpty() ? "" : "&cursor=" + next;
            } while (!cursor.isEmpty());
            assertThat(paged).isEqualTo(Answers.list(manager.get(path(list)).items()));
            assertThat(paged).doesNotHaveDuplicates();

            String foreign =
                    after(elsewhere, other.api("manager", "m1"), list + "?limit=1")
                            .body()
                            .path("nextCursor")
                            .asString();
            List<JsonNode> own = Answers.list(manager.get(path(list)).items());
            assertThat(own)
                    .containsAll(
                            Answers.list(manager.get(path(list + "?cursor=" + foreign)).items()));
            for (String stranger : LISTS) {
                if (!stranger.equals(list)) {
                    assertThat(manager.get(path(stranger + "?cursor=" + foreign)).code())
                            .as(list + " in " + stranger)
                            .isEqualTo("INVALID");
                }
            }
        }
    }

    @Test
    void what_another_company_has_is_unknown_in_the_same_words_as_what_nobody_has() {
        Companies.Company other = companies.found("rest-other");
        Api abroad = other.api("employee", "abroad");
        punch(abroad, "IN");
        post(
                abroad,
                "/leave-requests",
                Map.of("leaveType", "annual", "startDate", "2031-01-02", "endDate", "2031-01-03"));
        Api hr = company.api("hr", "h1");
        for (String action : List.of(":approve", ":reject", ":withdraw")) {
            assertThat(
                            withoutCorrelation(
                                    post(hr, "/leave-requests/lv-1-abroad" + action, Map.of())))
                    .isEqualTo(
                            withoutCorrelation(
                                    post(hr, "/leave-requests/lv-1-nobody" + action, Map.of())));
        }
        String now = Instant.now().toString();
        assertThat(
                        withoutCorrelation(
                                post(
                                        hr,
                                        "/corrections",
                                        Map.of("sessionId", "ws-1-abroad", "punchOutTime", now))))
                .isEqualTo(
                        withoutCorrelation(
                                post(
                                        hr,
                                        "/corrections",
                                        Map.of("sessionId", "ws-1-nobody", "punchOutTime", now))));
        assertThat(
                        withoutCorrelation(
                                post(hr, "/punches", Map.of("type", "IN", "employeeId", "abroad"))))
                .isEqualTo(
                        withoutCorrelation(
                                post(
                                        hr,
                                        "/punches",
                                        Map.of("type", "IN", "employeeId", "nobody"))));
        for (String list : LISTS) {
            Api.Answer theirs = hr.get(path(list + "?employeeId=abroad"));
            assertThat(theirs.items()).isEmpty();
            assertThat(employee.get(path(list + "?employeeId=abroad")).status()).isEqualTo(404);
        }
    }

    private List<JsonNode> pagedFeed(Api reader, int limit) {
        List<JsonNode> items = new ArrayList<>();
        JsonNode page;
        String next = "/feed?after=0";
        do {
            page = reader.get(path(next + "&limit=" + limit)).body();
            items.addAll(Answers.list(page.path("items")));
            next =
                    "/feed?epoch="
                            + page.path("epoch").asString()
                            + "&after="
                            + page.path("nextAfter").asLong();
        } while (page.path("more").asBoolean());
        return items;
    }

    private static List<Long> numbers(List<JsonNode> entries) {
        return entries.stream().map(each -> each.path("seq").asLong()).toList();
    }

    private static long seq(Api.Answer write) {
        return write.body().path("seq").asLong();
    }

    private static JsonNode withoutCorrelation(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        JsonNode body = answer.body().deepCopy();
        ((ObjectNode) body).remove("correlationId");
        return body;
    }

    private static Api.Answer punch(Api api, String type) {
        Api.Answer answer = post(api, "/punches", Map.of("type", type));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer;
    }

    private static Api.Answer post(Api api, String path, Map<String, ?> body) {
        return api.post(path(path), body, Say.commandId());
    }

    /** What a reader is shown once it must show the write. */
    private static Api.Answer after(Api.Answer write, Api reader, String path) {
        Api.Answer answer = reader.get(path(path), Map.of("X-Read-After", position(write)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }

    private static String position(Api.Answer write) {
        return write.body().path("position").asString();
    }

    private static String path(String path) {
        return "/api/v1" + path;
    }
}

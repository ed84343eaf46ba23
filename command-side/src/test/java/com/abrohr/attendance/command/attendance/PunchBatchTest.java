package com.abrohr.attendance.command.attendance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;
import com.abrohr.attendance.messages.attendance.PunchType;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.json.JsonCompareMode;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** POST /punches:batch, from the request to the commands that it becomes and back. */
class PunchBatchTest {

    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");

    private final List<EmployeeCommand> sent = new ArrayList<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private MockMvc mvc;

    @BeforeEach
    void start() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(PunchIn.class, PunchOut.class)
                .forEach(
                        type ->
                                bus.subscribe(
                                        type.getName(),
                                        command -> answer((EmployeeCommand) command.getPayload())));
        WriteGate gate =
                new WriteGate(
                        DefaultCommandGateway.builder().commandBus(bus).build(),
                        Clock.fixed(EIGHT.plusSeconds(3600), ZoneOffset.UTC));
        mvc =
                MockMvcBuilders.standaloneSetup(
                                new PunchController(gate), new PunchBatchController(gate))
                        .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                        .build();
        SecurityContextHolder.getContext()
                .setAuthentication(
                        new TestingAuthenticationToken(
                                new Caller("acme", "u-1", "ana", Role.EMPLOYEE, Instant.MAX),
                                null));
    }

    private Object answer(EmployeeCommand command) {
        sent.add(command);
        Refusal refusal = refusals.get(command.commandId());
        if (refusal != null) {
            throw refusal;
        }
        return new PunchReceipt(
                "ws-1-ana", PunchType.IN, "ana", command.commandId(), EIGHT, EIGHT, 0);
    }

    @AfterEach
    void forgetTheCaller() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void eachItemIsItsOwnCommandAndIsAnsweredByItself() throws Exception {
        refusals.put(
                "k2",
                new Refusal(
                        RefusalCode.OVERLAP,
                        "occurredAt",
                        "later ones count",
                        Map.of("openSession", Map.of("sessionId", "ws-1-ana"))));
        batch(
                        """
                        {"offline":true,"items":[
                          {"type":"IN","occurredAt":"2026-11-23T08:00:00Z","commandId":"k1"},
                          {"type":"OUT","occurredAt":"2026-11-23T07:00:00Z","commandId":"k2"},
                          {"type":"OUT","occurredAt":"2026-11-23T09:00:00+01:00","commandId":"k3",
                           "zone":"Europe/Madrid"}]}
                        """)
                .andExpect(status().isOk())
                .andExpect(
                        content()
                                .json(
                                        """
                                        {"items":[
                                          {"status":201,"commandId":"k1","sessionId":"ws-1-ana",
                                           "id":"ws-1-ana","seq":0},
                                          {"status":409,"code":"OVERLAP","field":"items[1].occurredAt",
                                           "detail":"later ones count","commandId":"k2",
                                           "openSession":{"sessionId":"ws-1-ana"}},
                                          {"status":201,"commandId":"k3"}]}
                                        """));
        assertThat(sent)
                .containsExactly(
                        new PunchIn("acme", "ana", "k1", EIGHT, null, null, true),
                        new PunchOut(
                                "acme", "ana", "k2", EIGHT.minusSeconds(3600), null, null, true),
                        new PunchOut("acme", "ana", "k3", EIGHT, "Europe/Madrid", null, true));
    }

    @Test
    void aFaultNamesItsPlaceAndStopsNobodyElse() throws Exception {
        batch(
                        """
                        {"offline":false,"items":[
                          7,
                          {"type":"SIDEWAYS","commandId":"k1"},
                          {"type":"IN","occurredAt":"yesterday","commandId":"k2"},
                          {"type":"IN","location":{"lat":91,"lng":0},"commandId":"k3"},
                          {"type":"IN"},
                          {"type":"IN","colour":"red","commandId":"k5"},
                          {"type":"IN","commandId":"k6"}]}
                        """)
                .andExpect(status().isOk())
                .andExpect(
                        content()
                                .json(
                                        """
                                        {"items":[
                                          {"status":400,"code":"INVALID","field":"items[0]"},
                                          {"status":400,"field":"items[1].type","commandId":"k1"},
                                          {"status":400,"field":"items[2].occurredAt","commandId":"k2"},
                                          {"status":400,"field":"items[3].location.lat","commandId":"k3"},
                                          {"status":400,"field":"items[4].commandId"},
                                          {"status":400,"field":"items[5].colour","commandId":"k5"},
                                          {"status":201,"commandId":"k6"}]}
                                        """));
        assertThat(sent).containsExactly(new PunchIn("acme", "ana", "k6", null, null, null, false));
    }

    @Test
    void nothingIsTriedAfterAPunchOfUnknownOutcome() throws Exception {
        refusals.put("k2", new Refusal(RefusalCode.UNAVAILABLE, "who knows"));
        String items =
                IntStream.rangeClosed(1, 4)
                        .mapToObj(n -> "{\"type\":\"IN\",\"commandId\":\"k" + n + "\"}")
                        .collect(Collectors.joining(","));
        batch("{\"offline\":false,\"items\":[" + items + "]}")
                .andExpect(
                        content()
                                .json(
                                        """
                                        {"items":[
                                          {"status":201},
                                          {"status":503,"code":"UNAVAILABLE","commandId":"k2"},
                                          {"status":503,"code":"UNAVAILABLE","commandId":"k3"},
                                          {"status":503,"code":"UNAVAILABLE","commandId":"k4"}]}
                                        """));
        assertThat(sent).extracting(EmployeeCommand::commandId).containsExactly("k1", "k2");
    }

    @Test
    void aPunchThatCanNeverBeStoredStopsNoOther() throws Exception {
        refusals.put("k1", new Refusal(RefusalCode.UNREADABLE, "needs repair"));
        batch(
                        """
                        {"offline":false,"items":[
                          {"type":"IN","commandId":"k1"},{"type":"IN","commandId":"k2"}]}
                        """)
                .andExpect(
                        content()
                                .json(
                                        """
                                        {"items":[
                                          {"status":500,"code":"UNREADABLE","commandId":"k1"},
                                          {"status":201,"commandId":"k2"}]}
                                        """));
    }

    @Test
    void nothingInABatchIsNothingDone() throws Exception {
        batch("{\"offline\":true,\"items\":[]}")
                .andExpect(status().isOk())
                .andExpect(content().json("{\"items\":[]}", JsonCompareMode.STRICT));
    }

    @Test
    void whatIsNoBatchIsRefusedAsAWhole() {
        String tooMany = "{},".repeat(100) + "{}";
        assertRefused("{\"items\":[]}", "offline");
        assertRefused("{\"offline\":\"yes\",\"items\":[]}", "offline");
        assertRefused("{\"offline\":true}", "items");
        assertRefused("{\"offline\":true,\"items\":{}}", "items");
        assertRefused("{\"offline\":true,\"items\":[" + tooMany + "]}", "items");
        assertThat(sent).isEmpty();
    }

    @Test
    void aSinglePunchCanBeOfflineAndThenNeedsItsKey() throws Exception {
        String body = "{\"type\":\"IN\",\"occurredAt\":\"2026-11-23T08:00:00Z\",\"offline\":true}";
        mvc.perform(
                        post("/api/v1/punches")
                                .contentType(MediaType.APPLICATION_JSON)
                                .content(body)
                                .header("Idempotency-Key", "k"))
                .andExpect(status().isCreated());
        assertThat(sent).containsExactly(new PunchIn("acme", "ana", "k", EIGHT, null, null, true));
        assertThatThrownBy(
                        () ->
                                mvc.perform(
                                        post("/api/v1/punches")
                                                .contentType(MediaType.APPLICATION_JSON)
                                                .content(body)))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("Idempotency-Key"));
    }

    private void assertRefused(String body, String field) {
        assertThatThrownBy(() -> batch(body))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(field);
                        });
    }

    private ResultActions batch(String body) throws Exception {
        return mvc.perform(
                post("/api/v1/punches:batch")
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body));
    }
}

package com.abrohr.attendance.edge.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** punch_batch and offline punches, from the payload to the commands and back. */
class PunchBatchTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final EventOrigin ANA =
            new EventOrigin(
                    new Caller("acme", "u-1", "ana", Role.EMPLOYEE, Instant.MAX),
                    EIGHT.plusSeconds(3600),
                    "correlation",
                    commandId -> {});

    private final List<EmployeeCommand> sent = new ArrayList<>();
    private final Map<String, Refusal> refusals = new HashMap<>();
    private ClientEvents events;

    @BeforeEach
    void start() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(PunchIn.class, PunchOut.class)
                .forEach(
                        type ->
                                bus.subscribe(
                                        type.getName(),
                                        command -> answer((EmployeeCommand) command.getPayload())));
        events = new ClientEvents(DefaultCommandGateway.builder().commandBus(bus).build());
    }

    private Object answer(EmployeeCommand command) {
        sent.add(command);
        Refusal refusal = refusals.get(command.commandId());
        if (refusal != null) {
            throw refusal;
        }
        return new PunchReceipt(
                "ws-1-ana", PunchType.IN, "ana", command.commandId(), EIGHT, EIGHT, 7);
    }

    @Test
    void eachItemIsItsOwnCommandAndIsAnsweredByItselfInTheOrderSent() {
        refusals.put("k2", new Refusal(RefusalCode.OVERLAP, "occurredAt", "a later one counts"));
        EventResult answer =
                send(
                        """
                        {"offline":true,"items":[
                          {"type":"in","timestamp":"2026-11-23T08:00:00.000Z","commandId":"k1"},
                          {"type":"OUT","timestamp":"2026-11-23T07:00:00.000Z","commandId":"k2"},
                          {"type":"out","timestamp":"2026-11-23T09:00:00.000+01:00","commandId":"k3",
                           "employeeId":"bob"}]}
                        """);
        assertThat(answer.confirmation()).isEqualTo("punch_batch_confirmed");
        assertThat(json(answer))
                .isEqualTo(
                        JSON.readTree(
                                """
                                {"items":[
                                  {"ok":true,"id":"ws-1-ana","timestamp":"2026-11-23T08:00:00.000Z",
                                   "countedAt":"2026-11-23T08:00:00.000Z","commandId":"k1","seq":7},
                                  {"ok":false,"error":{"code":"OVERLAP","message":"a later one counts",
                                   "field":"items[1].timestamp","commandId":"k2",
                                   "correlationId":"correlation"}},
                                  {"ok":true,"id":"ws-1-ana","timestamp":"2026-11-23T09:00:00.000+01:00",
                                   "countedAt":"2026-11-23T08:00:00.000Z","commandId":"k3","seq":7}]}
                                """));
        assertThat(sent)
                .containsExactly(
                        new PunchIn("acme", "ana", "k1", EIGHT, null, null, true),
                        new PunchOut(
                                "acme", "ana", "k2", EIGHT.minusSeconds(3600), null, null, true),
                        new PunchOut("acme", "bob", "k3", EIGHT, null, null, true));
    }

    @Test
    void aFaultNamesItsPlaceAndStopsNobodyElse() {
        JsonNode items =
                json(send(
                                """
                                {"offline":true,"items":[
                                  "in",
                                  {"type":"sideways","commandId":"k1"},
                                  {"type":"in","commandId":"k2"},
                                  {"type":"in","timestamp":"soon","commandId":"k3"},
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z"},
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z","commandId":"k5",
                                   "location":{"lat":"x","lng":0}},
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z","commandId":"k6",
                                   "offline":true},
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z","commandId":"k7"}]}
                                """))
                        .path("items");
        assertThat(items.valueStream().limit(7).map(item -> item.at("/error/field").asString()))
                .containsExactly(
                        "items[0]",
                        "items[1].type",
                        "items[2].timestamp",
                        "items[3].timestamp",
                        "items[4].commandId",
                        "items[5].location.lat",
                        "items[6].offline");
        assertThat(items.valueStream().limit(7).map(item -> item.at("/error/code").asString()))
                .containsOnly("INVALID");
        assertThat(items.path(1).at("/error/commandId").asString()).isEqualTo("k1");
        assertThat(items.path(7).path("ok").asBoolean()).isTrue();
        assertThat(sent).hasSize(1);
    }

    @Test
    void onlinePunchesMayGoWithoutACommandIdAndGetOne() {
        JsonNode items =
                json(send(
                                """
                                {"offline":false,"items":[
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z"},
                                  {"type":"out","timestamp":"2026-11-23T08:00:01Z"}]}
                                """))
                        .path("items");
        assertThat(items.valueStream().map(item -> item.path("commandId").asString()))
                .containsExactlyElementsOf(sent.stream().map(EmployeeCommand::commandId).toList())
                .doesNotHaveDuplicates();
        assertThat(((PunchIn) sent.getFirst()).offline()).isFalse();
    }

    @Test
    void nothingIsTriedAfterAPunchOfUnknownOutcome() {
        refusals.put("k2", new Refusal(RefusalCode.UNAVAILABLE, "who knows"));
        JsonNode items =
                json(send(
                                """
                                {"offline":true,"items":[
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z","commandId":"k1"},
                                  {"type":"out","timestamp":"2026-11-23T08:01:00Z","commandId":"k2"},
                                  {"type":"in","timestamp":"2026-11-23T08:02:00Z","commandId":"k3"},
                                  {"type":"sideways","timestamp":"2026-11-23T08:03:00Z","commandId":"k4"}]}
                                """))
                        .path("items");
        assertThat(items.valueStream().map(item -> item.at("/error/code").asString("")))
                .containsExactly("", "UNAVAILABLE", "UNAVAILABLE", "UNAVAILABLE");
        assertThat(items.valueStream().map(item -> item.at("/error/commandId").asString("")))
                .containsExactly("", "k2", "k3", "k4");
        assertThat(sent).extracting(EmployeeCommand::commandId).containsExactly("k1", "k2");
    }

    @Test
    void aPunchThatCanNeverBeStoredStopsNoOther() {
        refusals.put("k1", new Refusal(RefusalCode.UNREADABLE, "needs repair"));
        JsonNode items =
                json(send(
                                """
                                {"offline":true,"items":[
                                  {"type":"in","timestamp":"2026-11-23T08:00:00Z","commandId":"k1"},
                                  {"type":"out","timestamp":"2026-11-23T08:01:00Z","commandId":"k2"}]}
                                """))
                        .path("items");
        assertThat(items.valueStream().map(item -> item.at("/error/code").asString("")))
                .containsExactly("UNREADABLE", "");
    }

    @Test
    void whatIsNoBatchIsRefusedAsAWhole() {
        assertInvalid("{\"items\":[]}", "offline");
        assertInvalid("{\"offline\":1,\"items\":[]}", "offline");
        assertInvalid("{\"offline\":true}", "items");
        assertInvalid("{\"offline\":true,\"items\":{}}", "items");
        assertInvalid("{\"offline\":true,\"items\":[" + "{},".repeat(100) + "{}]}", "items");
        assertThat(sent).isEmpty();
    }

    @Test
    void aSinglePunchCanBeOfflineAndThenNeedsItsCommandId() {
        handle(
                "punch_in",
                "{\"timestamp\":\"2026-11-23T08:00:00Z\",\"commandId\":\"k\",\"offline\":true}");
        assertThat(sent).containsExactly(new PunchIn("acme", "ana", "k", EIGHT, null, null, true));
        assertThatThrownBy(
                        () ->
                                handle(
                                        "punch_out",
                                        "{\"timestamp\":\"2026-11-23T08:00:00Z\",\"offline\":true}"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.field()).isEqualTo("commandId"));
    }

    @Test
    void aRefusedTimeIsNamedAsTheClientWroteIt() {
        refusals.put("k", Refusal.fault("occurredAt", "is before 1970"));
        assertThatThrownBy(
                        () ->
                                handle(
                                        "punch_in",
                                        "{\"timestamp\":\"1969-11-23T08:00:00Z\",\"commandId\":\"k\"}"))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.field()).isEqualTo("timestamp");
                            assertThat(refusal.reason()).isEqualTo("timestamp is before 1970");
                        });
    }

    private void assertInvalid(String payload, String field) {
        assertThatThrownBy(() -> send(payload))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.INVALID);
                            assertThat(refusal.field()).isEqualTo(field);
                        });
    }

    private EventResult send(String payload) {
        return handle("punch_batch", payload);
    }

    private EventResult handle(String event, String payload) {
        return events.handle(event, ANA, List.of(JSON.readTree(payload)));
    }

    private static JsonNode json(EventResult answer) {
        return JSON.readTree(JSON.writeValueAsString(answer.fields()));
    }
}

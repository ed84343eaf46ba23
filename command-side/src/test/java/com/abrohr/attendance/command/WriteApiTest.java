package com.abrohr.attendance.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.abrohr.attendance.command.api.WriteGate;
import com.abrohr.attendance.command.attendance.AttendanceRoutes;
import com.abrohr.attendance.command.leave.LeaveRoutes;
import com.abrohr.attendance.command.workforce.WorkforceRoutes;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.identity.Caller;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.leave.ApproveLeave;
import com.abrohr.attendance.messages.leave.RejectLeave;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.leave.WithdrawLeave;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.MediaType;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.method.annotation.AuthenticationPrincipalArgumentResolver;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.bind.annotation.RestController;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** The routes, from the request to the command that it becomes. */
class WriteApiTest {

    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final List<CommandMessage<?>> sent = new ArrayList<>();
    private Function<EmployeeCommand, Receipt> answer =
            command -> new EmployeeReceipt(command.employeeId(), command.commandId(), 0);
    private MockMvc mvc;

    @BeforeEach
    void start() {
        SimpleCommandBus bus = SimpleCommandBus.builder().build();
        Stream.of(
                        PunchOut.class,
                        CorrectWorkSession.class,
                        SubmitLeave.class,
                        ApproveLeave.class,
                        RejectLeave.class,
                        WithdrawLeave.class,
                        RegisterEmployee.class)
                .forEach(
                        type ->
                                bus.subscribe(
                                        type.getName(),
                                        command -> {
                                            sent.add(command);
                                            return answer.apply(
                                                    (EmployeeCommand) command.getPayload());
                                        }));
        WriteGate gate =
                new WriteGate(
                        DefaultCommandGateway.builder().commandBus(bus).build(),
                        Clock.fixed(NOW, ZoneOffset.UTC));
        mvc =
                MockMvcBuilders.standaloneSetup(controllers(gate))
                        .setCustomArgumentResolvers(new AuthenticationPrincipalArgumentResolver())
                        .build();
        SecurityContextHolder.getContext()
                .setAuthentication(
                        new TestingAuthenticationToken(
                                new Caller("acme", "u-1", "ana", Role.HR, Instant.MAX), null));
    }

    private static Object[] controllers(WriteGate gate) {
        var context = new AnnotationConfigApplicationContext();
        context.registerBean(WriteGate.class, () -> gate);
        context.register(AttendanceRoutes.class, LeaveRoutes.class, WorkforceRoutes.class);
        context.refresh();
        return context.getBeansWithAnnotation(RestController.class).values().toArray();
    }

    @AfterEach
    void forgetTheCaller() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void aPunchIsAnsweredWith201AndItsReceipt() throws Exception {
        mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}").header("Idempotency-Key", "k"))
                .andExpect(status().isCreated())
                .andExpect(
                        content().json("{\"employeeId\":\"ana\",\"commandId\":\"k\",\"seq\":0}"));
        assertThat(sent.getFirst().getPayload())
                .isEqualTo(new PunchOut("acme", "ana", "k", null, null, null));
        assertThat(sent.getFirst().getMetaData())
                .containsEntry(MetadataKeys.RECEIVED_AT, NOW.toString())
                .containsEntry(MetadataKeys.SOURCE, "API")
                .containsEntry(MetadataKeys.ACTOR_ROLE, "HR");
    }

    @Test
    void theAnswerSaysWhereAReadFindsTheWrite() throws Exception {
        String position = new Position("acme", "ana", 0).text();
        mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}"))
                .andExpect(header().string("X-Position", position))
                .andExpect(jsonPath("$.position").value(position));
    }

    @Test
    void aSessionIsCorrectedByItsIdAlone() throws Exception {
        mvc.perform(
                        json(
                                        "/api/v1/corrections",
                                        """
                                        {"sessionId":"ws-3-bob","reason":"forgot",
                                         "punchOutTime":"2026-11-22T17:00:00+01:00"}
                                        """)
                                .header("Idempotency-Key", "k"))
                .andExpect(status().isCreated());
        assertThat((Object) sent.getFirst().getPayload())
                .isEqualTo(
                        new CorrectWorkSession(
                                "acme",
                                "bob",
                                "k",
                                "ws-3-bob",
                                null,
                                Instant.parse("2026-11-22T16:00:00Z"),
                                "forgot"));
        assertRefused(json("/api/v1/corrections", "{\"sessionId\":\"7\"}"), RefusalCode.NOT_FOUND);
    }

    @Test
    void nothingIsSentForAnAnswerThatCouldNotBeGivenOrABodyThatIsNoJson() throws Exception {
        mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}").accept(MediaType.TEXT_HTML))
                .andExpect(status().isNotAcceptable());
        mvc.perform(
                        post("/api/v1/punches")
                                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                                .content("{\"type\":\"OUT\"}"))
                .andExpect(status().isUnsupportedMediaType());
        mvc.perform(post("/api/v1/punches").content("{\"type\":\"OUT\"}"))
                .andExpect(status().isUnsupportedMediaType());
        assertThat(sent).isEmpty();
    }

    @Test
    void whatTheBusSaysOfTheCommandIdIsSaidOfTheHeader() {
        answer =
                command -> {
                    throw Refusal.fault(
                            RefusalCode.IDEMPOTENCY_CONFLICT,
                            "commandId",
                            "was used for commandId");
                };
        assertThatThrownBy(() -> mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}")))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> {
                            assertThat(refusal.code()).isEqualTo(RefusalCode.IDEMPOTENCY_CONFLICT);
                            assertThat(refusal.field()).isEqualTo("Idempotency-Key");
                            assertThat(refusal.reason())
                                    .isEqualTo("Idempotency-Key was used for commandId");
                        });
    }

    @Test
    void theRequestsOwnCorrelationIdGoesIntoTheLog() throws Exception {
        mvc.perform(
                json("/api/v1/punches", "{\"type\":\"OUT\"}")
                        .header("X-Correlation-Id", "seen-in-the-answer"));
        assertThat(sent.getFirst().getMetaData())
                .containsEntry(MetadataKeys.CORRELATION_ID, "seen-in-the-answer");
    }

    @Test
    void withoutAKeyEveryRequestIsItsOwnCommand() throws Exception {
        mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}"));
        mvc.perform(json("/api/v1/punches", "{\"type\":\"OUT\"}"));
        assertThat(sent.stream().map(it -> ((PunchOut) it.getPayload()).commandId()))
                .doesNotHaveDuplicates()
                .allMatch(id -> !id.isBlank());
    }

    @Test
    void aLeaveIsSubmittedAndDecided() throws Exception {
        mvc.perform(
                        json(
                                        "/api/v1/leave-requests",
                                        """
                                        {"leaveType":"sick","startDate":"2026-12-01",
                                         "endDate":"2026-12-02","reason":"flu"}
                                        """)
                                .header("Idempotency-Key", "k1"))
                .andExpect(status().isCreated());
        mvc.perform(
                        json("/api/v1/leave-requests/lv-1-b:o-b:approve", "{\"comment\":\"ok\"}")
                                .header("Idempotency-Key", "k2"))
                .andExpect(status().isOk());
        mvc.perform(post("/api/v1/leave-requests/lv-1-bob:reject").header("Idempotency-Key", "k3"))
                .andExpect(status().isOk());
        mvc.perform(
                        post("/api/v1/leave-requests/lv-1-bob:withdraw")
                                .header("Idempotency-Key", "k4"))
                .andExpect(status().isOk());
        LocalDate first = LocalDate.of(2026, 12, 1);
        assertThat(sent.stream().map(it -> (Object) it.getPayload()))
                .containsExactly(
                        new SubmitLeave(
                                "acme", "ana", "k1", "sick", first, first.plusDays(1), "flu"),
                        new ApproveLeave("acme", "b:o-b", "k2", "lv-1-b:o-b", "ok"),
                        new RejectLeave("acme", "bob", "k3", "lv-1-bob", null),
                        new WithdrawLeave("acme", "bob", "k4", "lv-1-bob"));
    }

    @Test
    void anEmployeeIsRegistered() throws Exception {
        mvc.perform(
                        json(
                                        "/api/v1/employees",
                                        "{\"employeeId\":\"bob\",\"displayName\":\"Bob\"}")
                                .header("Idempotency-Key", "k"))
                .andExpect(status().isCreated());
        assertThat((Object) sent.getFirst().getPayload())
                .isEqualTo(new RegisterEmployee("acme", "bob", "k", "Bob", null, null, null));
    }

    @Test
    void whatIsNoLeaveIdOrNoKeyIsRefusedBeforeItIsSent() {
        assertRefused(json("/api/v1/leave-requests/7:approve", ""), RefusalCode.UNKNOWN_LEAVE);
        assertRefused(
                json("/api/v1/punches", "{\"type\":\"OUT\"}")
                        .header("Idempotency-Key", "x".repeat(129)),
                RefusalCode.INVALID);
        for (String key : List.of(" ", "é", "a\tb")) {
            assertRefused(
                    json("/api/v1/punches", "{\"type\":\"OUT\"}").header("Idempotency-Key", key),
                    RefusalCode.INVALID);
        }
        assertThat(sent).isEmpty();
    }

    private void assertRefused(MockHttpServletRequestBuilder request, RefusalCode code) {
        assertThatThrownBy(() -> mvc.perform(request))
                .cause()
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
    }

    private static MockHttpServletRequestBuilder json(String path, String body) {
        return post(path).contentType(MediaType.APPLICATION_JSON).content(body);
    }
}

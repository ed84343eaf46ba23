package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.interceptors.CorrelationDataInterceptor;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.hamcrest.FeatureMatcher;
import org.hamcrest.Matcher;
import org.hamcrest.Matchers;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Axon's fixture with the metadata that the command bus adds to every command. */
public final class AggregateFixture<T> {

    public static final String COMPANY = "acme";
    public static final String EMPLOYEE = "ana";
    public static final Instant NINE = Instant.parse("2026-11-23T09:00:00Z");

    private final AggregateTestFixture<T> axon;
    private final List<CommandMessage<?>> given = new ArrayList<>();

    public AggregateFixture(AggregateType<T> type) {
        axon = new AggregateTestFixture<>(type.type());
        axon.registerCommandTargetResolver(
                command ->
                        new VersionedAggregateIdentifier(
                                type.streamOf((EmployeeCommand) command.getPayload()), null));
        type.policies().forEach(axon::registerInjectableResource);
        axon.registerCommandHandlerInterceptor(
                new CorrelationDataInterceptor<>(Message::getMetaData));
    }

    /** What an actor says at an instant. */
    public static CommandMessage<?> said(
            EmployeeCommand command, String actor, Role role, Instant receivedAt, String zone) {
        return new GenericCommandMessage<>(
                command,
                Map.of(
                        MetadataKeys.COMPANY_ID, command.companyId(),
                        MetadataKeys.ACTOR_ID, actor,
                        MetadataKeys.ACTOR_ROLE, role.name(),
                        MetadataKeys.RECEIVED_AT, receivedAt.toString(),
                        MetadataKeys.ZONE_ID, zone,
                        MetadataKeys.COMMAND_ID, command.commandId()));
    }

    public AggregateFixture<T> given(CommandMessage<?>... commands) {
        given.addAll(List.of(commands));
        return this;
    }

    public ResultValidator<T> when(CommandMessage<?> command) {
        return (given.isEmpty() ? axon.givenNoPriorActivity() : axon.givenCommands(given))
                .when(command.getPayload(), command.getMetaData());
    }

    public static Matcher<Throwable> refusesWith(Map<String, Object> details) {
        return new FeatureMatcher<>(Matchers.is(details), "a refusal with details", "details") {
            @Override
            protected Map<String, Object> featureValueOf(Throwable thrown) {
                return thrown instanceof Refusal refusal ? refusal.details() : Map.of();
            }
        };
    }

    public static Matcher<Throwable> refuses(RefusalCode code) {
        return Matchers.allOf(
                Matchers.instanceOf(Refusal.class),
                new FeatureMatcher<Throwable, RefusalCode>(
                        Matchers.is(code), "a refusal with code", "code") {
                    @Override
                    protected RefusalCode featureValueOf(Throwable thrown) {
                        return thrown instanceof Refusal refusal ? refusal.code() : null;
                    }
                });
    }
}

package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.engine.KnownEmployees.KnownEmployee;
import com.abrohr.attendance.command.eventstore.AppendMetadata;
import com.abrohr.attendance.command.eventstore.StreamVersion;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.identity.Source;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * What happens to a command before it is decided: may this actor ask for it, are its fields sound,
 * does its employee exist, and what does the server add to it.
 */
final class CommandAdmission {
    private static final String SYSTEM_ACTOR = "system";

    private final AggregateDispatcher dispatcher;
    private final CommandExecutor executor;
    private final KnownEmployees employees;
    private final String defaultZone;

    CommandAdmission(
            AggregateDispatcher dispatcher,
            CommandExecutor executor,
            KnownEmployees employees,
            ZoneId defaultZone) {
        this.dispatcher = dispatcher;
        this.executor = executor;
        this.employees = employees;
        this.defaultZone = defaultZone.getId();
    }

    /**
     * @param asOf the employee's stream that gave the zone; null where something else did
     */
    private record Zone(String id, @Nullable StreamVersion asOf) {}

    /**
     * @return the command with the metadata that every event of it will carry
     * @throws Refusal FORBIDDEN, INVALID, UNKNOWN_EMPLOYEE, and what the command's fields refuse
     */
    <C extends EmployeeCommand> CommandMessage<C> admit(CommandMessage<C> message) {
        C command = message.getPayload();
        CommandType<C> type = dispatcher.commandType(command);
        MetaData given = message.getMetaData();
        Actor actor = Actor.of(given);
        type.permission().check(command, actor);
        checkFields(type, command);
        return (CommandMessage<C>)
                message.withMetaData(
                        metadata(type, command, given, zoneOf(type, command, actor, given)));
    }

    static <C extends EmployeeCommand> void checkFields(CommandType<C> type, C command) {
        FieldRules.id("companyId", command.companyId());
        FieldRules.id("employeeId", command.employeeId());
        FieldRules.id("commandId", command.commandId());
        type.fields().accept(command);
    }

    private <C extends EmployeeCommand> Zone zoneOf(
            CommandType<C> type, C command, Actor actor, MetaData given) {
        KnownEmployee employee =
                switch (type.employee()) {
                    case REGISTERED -> null;
                    case IMPLIED -> employees.find(command.companyId(), command.employeeId());
                    case REQUIRED -> required(command, actor, given);
                };
        String named = type.zone().apply(command);
        if (named != null) {
            return new Zone(named, null);
        }
        return employee == null
                ? new Zone(defaultZone, null)
                : new Zone(employee.zoneId(), employee.asOf());
    }

    private KnownEmployee required(EmployeeCommand command, Actor actor, MetaData given) {
        KnownEmployee employee = employees.find(command.companyId(), command.employeeId());
        if (employee != null) {
            return employee;
        }
        if (!actor.employeeId().equals(command.employeeId())) {
            throw new Refusal(RefusalCode.UNKNOWN_EMPLOYEE, "employeeId", "No such employee");
        }
        return enrol(command, given);
    }

    private KnownEmployee enrol(EmployeeCommand cause, MetaData given) {
        EmployeeCommand enrolment = employees.enrolment(cause.companyId(), cause.employeeId());
        MetaData origin =
                given.and(MetadataKeys.ACTOR_ID, SYSTEM_ACTOR)
                        .and(MetadataKeys.ACTOR_ROLE, Role.SYSTEM.name())
                        .and(MetadataKeys.SOURCE, Source.SYSTEM.name())
                        .and(MetadataKeys.CAUSATION_ID, cause.commandId());
        try {
            executor.execute(() -> admit(new GenericCommandMessage<>(enrolment, origin)));
        } catch (Refusal refusal) {
            // Somebody else registered this employee at the same moment.
            if (refusal.code() != RefusalCode.ILLEGAL_TRANSITION) {
                throw refusal;
            }
        }
        KnownEmployee enrolled = employees.find(cause.companyId(), cause.employeeId());
        if (enrolled == null) {
            throw new IllegalStateException("an enrolled employee is not in the log");
        }
        return enrolled;
    }

    private static <C extends EmployeeCommand> Map<String, Object> metadata(
            CommandType<C> type, C command, MetaData given, Zone zone) {
        String receivedAt =
                LogInstant.of(Instant.parse(Actor.text(given, MetadataKeys.RECEIVED_AT)))
                        .toString();
        @Nullable Object causation = given.get(MetadataKeys.CAUSATION_ID);
        Map<String, Object> metadata = new HashMap<>();
        for (String key :
                new String[] {
                    MetadataKeys.COMPANY_ID,
                    MetadataKeys.ACTOR_ID,
                    MetadataKeys.ACTOR_ROLE,
                    MetadataKeys.SOURCE,
                    MetadataKeys.CORRELATION_ID
                }) {
            metadata.put(key, Actor.text(given, key));
        }
        metadata.put(MetadataKeys.RECEIVED_AT, receivedAt);
        metadata.put(MetadataKeys.OCCURRED_AT, receivedAt);
        metadata.put(MetadataKeys.ZONE_ID, zone.id());
        metadata.put(MetadataKeys.COMMAND_ID, command.commandId());
        metadata.put(
                MetadataKeys.CAUSATION_ID,
                causation == null ? command.commandId() : causation.toString());
        metadata.put(AppendMetadata.FINGERPRINT, type.fingerprint(command));
        if (zone.asOf() != null) {
            metadata.put(AppendMetadata.UNCHANGED, zone.asOf());
        }
        metadata.putAll(type.metadata().apply(command));
        return metadata;
    }
}

package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.bus.EmployeeDirectory.KnownEmployee;
import com.abrohr.attendance.command.decision.LogInstant;
import com.abrohr.attendance.command.eventlog.AppendMetadata;
import com.abrohr.attendance.command.eventlog.StreamVersion;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.Punch;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.identity.Source;
import com.abrohr.attendance.messages.leave.SubmitLeave;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;
import com.abrohr.attendance.messages.workforce.WorkforceCommand;

import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.messaging.MetaData;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Map;

/**
 * What happens to a command before it is decided: may this actor ask it, are its fields sound, does
 * its employee exist, and which facts of the server does it carry on.
 */
final class Admission {

    private static final String SYSTEM_ACTOR = "system";

    private final Conclusion conclusion;
    private final EmployeeDirectory employees;
    private final String defaultZone;

    Admission(Conclusion conclusion, EmployeeDirectory employees, ZoneId defaultZone) {
        this.conclusion = conclusion;
        this.employees = employees;
        this.defaultZone = defaultZone.getId();
    }

    /**
     * @param asOf the employee's stream that gave the zone; null where something else did
     */
    private record Zone(String id, @Nullable StreamVersion asOf) {}

    /**
     * @return the command with the metadata that every event of it will carry
     * @throws Refusal FORBIDDEN, INVALID, UNKNOWN_EMPLOYEE, UNKNOWN_LEAVE
     */
    CommandMessage<? extends EmployeeCommand> admit(
            CommandMessage<? extends EmployeeCommand> message) {
        EmployeeCommand command = message.getPayload();
        Actor actor = Actor.of(message.getMetaData());
        Authorization.check(command, actor);
        FieldRules.check(command);
        return message.withMetaData(
                facts(command, message.getMetaData(), zoneOf(command, actor, message)));
    }

    private Zone zoneOf(
            EmployeeCommand command,
            Actor actor,
            CommandMessage<? extends EmployeeCommand> message) {
        if (command instanceof RegisterEmployee registration) {
            String wanted = registration.zoneId();
            return new Zone(wanted == null ? defaultZone : wanted, null);
        }
        KnownEmployee employee = employees.find(command.companyId(), command.employeeId());
        if (employee == null && mustBeAboutSomebodyKnown(command)) {
            if (!actor.employeeId().equals(command.employeeId())) {
                throw new Refusal(RefusalCode.UNKNOWN_EMPLOYEE, "employeeId", "No such employee");
            }
            employee = enrol(command, message.getMetaData());
        }
        String named = command instanceof Punch punch ? punch.zoneId() : null;
        if (named != null) {
            return new Zone(named, null);
        }
        return employee == null
                ? new Zone(defaultZone, null)
                : new Zone(employee.zoneId(), employee.asOf());
    }

    /** Other commands name a session or a request, and whoever is unknown has none. */
    private static boolean mustBeAboutSomebodyKnown(EmployeeCommand command) {
        return command instanceof Punch || command instanceof SubmitLeave;
    }

    private KnownEmployee enrol(EmployeeCommand cause, MetaData origin) {
        WorkforceCommand enrolment = EnrolmentOnFirstUse.of(cause.companyId(), cause.employeeId());
        FieldRules.check(enrolment);
        MetaData metadata =
                origin.and(MetadataKeys.ACTOR_ID, SYSTEM_ACTOR)
                        .and(MetadataKeys.ACTOR_ROLE, Role.SYSTEM.name())
                        .and(MetadataKeys.SOURCE, Source.SYSTEM.name())
                        .and(MetadataKeys.CAUSATION_ID, cause.commandId());
        Zone zone = new Zone(defaultZone, null);
        try {
            conclusion.reach(
                    () -> new GenericCommandMessage<>(enrolment, facts(enrolment, metadata, zone)));
        } catch (Refusal refusal) {
            // Somebody registered this employee with better facts in the same moment.
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

    private static Map<String, Object> facts(EmployeeCommand command, MetaData given, Zone zone) {
        String receivedAt =
                LogInstant.of(Instant.parse(Actor.text(given, MetadataKeys.RECEIVED_AT)))
                        .toString();
        @Nullable Instant claimed = command instanceof Punch punch ? punch.occurredAt() : null;
        @Nullable Object causation = given.get(MetadataKeys.CAUSATION_ID);
        Map<String, Object> facts =
                new HashMap<>(
                        Map.<String, Object>ofEntries(
                                given(given, MetadataKeys.COMPANY_ID),
                                given(given, MetadataKeys.ACTOR_ID),
                                given(given, MetadataKeys.ACTOR_ROLE),
                                given(given, MetadataKeys.SOURCE),
                                given(given, MetadataKeys.CORRELATION_ID),
                                Map.entry(MetadataKeys.RECEIVED_AT, receivedAt),
                                Map.entry(
                                        MetadataKeys.OCCURRED_AT,
                                        claimed == null
                                                ? receivedAt
                                                : LogInstant.of(claimed).toString()),
                                Map.entry(MetadataKeys.ZONE_ID, zone.id()),
                                Map.entry(MetadataKeys.COMMAND_ID, command.commandId()),
                                Map.entry(
                                        MetadataKeys.CAUSATION_ID,
                                        causation == null
                                                ? command.commandId()
                                                : causation.toString()),
                                Map.entry(AppendMetadata.FINGERPRINT, Fingerprint.of(command))));
        if (command instanceof Punch punch && punch.offline()) {
            facts.put(MetadataKeys.OFFLINE, "true");
        }
        if (zone.asOf() != null) {
            facts.put(AppendMetadata.UNCHANGED, zone.asOf());
        }
        return facts;
    }

    private static Map.Entry<String, String> given(MetaData metadata, String key) {
        return Map.entry(key, Actor.text(metadata, key));
    }
}

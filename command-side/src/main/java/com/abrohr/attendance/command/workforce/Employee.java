package com.abrohr.attendance.command.workforce;

import static org.axonframework.modelling.command.AggregateCreationPolicy.CREATE_IF_MISSING;

import com.abrohr.attendance.command.engine.Circumstances;
import com.abrohr.attendance.command.engine.HeapSize;
import com.abrohr.attendance.command.engine.RecentCommands;
import com.abrohr.attendance.messages.identity.MetadataKeys;
import com.abrohr.attendance.messages.identity.Role;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;
import com.abrohr.attendance.messages.workforce.WorkforceEvent;

import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.annotation.MetaDataValue;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;
import org.jspecify.annotations.Nullable;

import java.util.List;

/** One employee's place in the company. */
@AggregateRoot(type = "Employee")
final class Employee {
    @SuppressWarnings("UnusedVariable") // read by Axon
    @AggregateIdentifier
    private @Nullable String streamId;

    private final RecentCommands recentCommands = new RecentCommands();
    private @Nullable EmployeeRegistered known;
    private boolean enrolledFromToken;

    @CommandHandler
    @CreationPolicy(CREATE_IF_MISSING)
    List<WorkforceEvent> handle(RegisterEmployee command, MetaData metadata) {
        List<WorkforceEvent> events = decide(command, Circumstances.of(metadata));
        events.forEach(AggregateLifecycle::apply);
        return events;
    }

    /** Decides nothing (an empty list) when everything is registered as asked. */
    private List<WorkforceEvent> decide(RegisterEmployee command, Circumstances now) {
        recentCommands.mustNotHold(now.commandId());
        EmployeeRegistered wanted =
                new EmployeeRegistered(
                        command.companyId(),
                        command.employeeId(),
                        command.displayName(),
                        command.departmentId(),
                        command.siteId(),
                        now.zone().getId());
        return new RegisteredOnce(known, enrolledFromToken).isNews(wanted)
                ? List.of(wanted)
                : List.of();
    }

    @EventSourcingHandler
    void evolve(
            WorkforceEvent event,
            @MetaDataValue(MetadataKeys.COMMAND_ID) String commandId,
            @MetaDataValue(MetadataKeys.ACTOR_ROLE) String actorRole) {
        streamId = EmployeeType.streamId(event.companyId(), event.employeeId());
        recentCommands.remember(commandId);
        enrolledFromToken =
                Role.SYSTEM.name().equals(actorRole)
                        && EnrolmentOnFirstUse.COMMAND_ID.equals(commandId);
        switch (event) {
            case EmployeeRegistered registered -> known = registered;
        }
    }

    int retainedBytes() {
        int own = HeapSize.ofObject(3 * HeapSize.REFERENCE + 1) + recentCommands.retainedBytes();
        return known == null ? own : own + bytesOf(known);
    }

    private static int bytesOf(EmployeeRegistered registered) {
        return HeapSize.ofObject(6 * HeapSize.REFERENCE)
                + bytesOf(registered.companyId())
                + bytesOf(registered.employeeId())
                + bytesOf(registered.displayName())
                + bytesOf(registered.departmentId())
                + bytesOf(registered.siteId())
                + bytesOf(registered.zoneId());
    }

    private static int bytesOf(@Nullable String text) {
        return text == null ? 0 : HeapSize.of(text);
    }
}

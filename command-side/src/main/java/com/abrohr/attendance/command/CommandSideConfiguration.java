package com.abrohr.attendance.command;

import com.abrohr.attendance.command.attendance.TimeClockType;
import com.abrohr.attendance.command.engine.AggregateType;
import com.abrohr.attendance.command.engine.AttendanceCommandBus;
import com.abrohr.attendance.command.engine.CommandSettings;
import com.abrohr.attendance.command.engine.KnownEmployees;
import com.abrohr.attendance.command.eventstore.EventLog;
import com.abrohr.attendance.command.eventstore.EventLogConfiguration;
import com.abrohr.attendance.command.leave.LeaveAccountType;
import com.abrohr.attendance.command.serialization.EventType;
import com.abrohr.attendance.command.serialization.EventTypes;
import com.abrohr.attendance.command.serialization.SerializationConfiguration;
import com.abrohr.attendance.command.workforce.EmployeeDirectory;
import com.abrohr.attendance.command.workforce.EmployeeType;
import com.abrohr.attendance.command.workforce.WorkforceSettings;

import org.axonframework.commandhandling.callbacks.NoOpCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.util.List;
import java.util.stream.Stream;

/**
 * The command side of a node: every feature with its commands and events, the command bus and its
 * gateway, serializers. The routes are mounted by {@link WriteApiConfiguration}. A command is
 * executed on the caller's thread.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CommandSettings.class, WorkforceSettings.class})
@Import({EventLogConfiguration.class, SerializationConfiguration.class})
public class CommandSideConfiguration {
    /** Every type of aggregate that decides commands. */
    public static List<AggregateType<?>> aggregates(WorkforceSettings workforce) {
        return List.of(
                new TimeClockType(workforce.offlineLookBack()),
                new LeaveAccountType(),
                new EmployeeType());
    }

    @Bean
    public static EventTypes eventTypes() {
        return new EventTypes(
                Stream.<List<EventType>>of(
                                TimeClockType.events(),
                                LeaveAccountType.events(),
                                EmployeeType.events())
                        .flatMap(List::stream)
                        .toList());
    }

    @Bean
    KnownEmployees knownEmployees(EventStore eventStore, CommandSettings settings) {
        return new EmployeeDirectory(eventStore, settings.zoneCache().toBytes());
    }

    @Bean
    AttendanceCommandBus commandBus(
            EventStore eventStore,
            EventLog eventLog,
            KnownEmployees employees,
            CommandSettings settings,
            WorkforceSettings workforce) {
        return new AttendanceCommandBus(
                aggregates(workforce),
                eventStore,
                eventLog,
                employees,
                settings,
                workforce.defaultZone());
    }

    @Bean
    CommandGateway commandGateway(AttendanceCommandBus commandBus) {
        return DefaultCommandGateway.builder()
                .commandBus(commandBus)
                // A refusal is an answer; what went wrong is logged by the bus.
                .commandCallback(NoOpCallback.INSTANCE)
                .build();
    }
}

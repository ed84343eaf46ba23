package com.abrohr.attendance.command;

import com.abrohr.attendance.command.attendance.AttendanceAggregates;
import com.abrohr.attendance.command.bus.AggregateKind;
import com.abrohr.attendance.command.bus.AttendanceCommandBus;
import com.abrohr.attendance.command.bus.CommandBusFactory;
import com.abrohr.attendance.command.bus.CommandSettings;
import com.abrohr.attendance.command.bus.WorkforceSettings;
import com.abrohr.attendance.command.eventlog.EventLog;
import com.abrohr.attendance.command.eventlog.EventLogConfiguration;
import com.abrohr.attendance.command.leave.LeaveAggregates;
import com.abrohr.attendance.command.serialization.SerializationConfiguration;
import com.abrohr.attendance.command.workforce.WorkforceAggregates;

import org.axonframework.commandhandling.callbacks.NoOpCallback;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.commandhandling.gateway.DefaultCommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.util.List;

/**
 * The command side of a node: command bus and gateway, serializers. The routes are mounted by
 * {@link com.abrohr.attendance.command.api.WriteApiConfiguration}. A command is carried out on the
 * caller's thread.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({CommandSettings.class, WorkforceSettings.class})
@Import({EventLogConfiguration.class, SerializationConfiguration.class})
public class CommandSideConfiguration {

    @Bean
    AttendanceCommandBus commandBus(
            EventStore eventStore,
            EventLog eventLog,
            CommandSettings settings,
            WorkforceSettings workforce) {
        return CommandBusFactory.commandBus(
                aggregates(workforce), eventStore, eventLog, settings, workforce);
    }

    @Bean
    CommandGateway commandGateway(AttendanceCommandBus commandBus) {
        return DefaultCommandGateway.builder()
                .commandBus(commandBus)
                // A refusal is an answer; what went wrong is logged by the bus.
                .commandCallback(NoOpCallback.INSTANCE)
                .build();
    }

    /** Every kind of aggregate that decides commands. */
    public static List<AggregateKind<?>> aggregates(WorkforceSettings workforce) {
        return List.of(
                AttendanceAggregates.kind(workforce.offlineLookBack()),
                LeaveAggregates.kind(),
                WorkforceAggregates.kind());
    }
}

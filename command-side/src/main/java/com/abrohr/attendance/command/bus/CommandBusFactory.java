package com.abrohr.attendance.command.bus;

import com.abrohr.attendance.command.eventlog.EventLog;

import org.axonframework.eventsourcing.eventstore.EventStore;

import java.util.List;

/** Puts a node's command bus together. */
public final class CommandBusFactory {

    private CommandBusFactory() {}

    public static AttendanceCommandBus commandBus(
            List<AggregateKind<?>> kinds,
            EventStore eventStore,
            EventLog eventLog,
            CommandSettings settings,
            WorkforceSettings workforce) {
        LocalSegment localSegment =
                new LocalSegment(kinds, eventStore, settings.aggregateCache().toBytes());
        EmployeeDirectory employees =
                new EmployeeDirectory(eventStore, settings.zoneCache().toBytes());
        Conclusion conclusion = new Conclusion(localSegment, eventLog, employees);
        return new AttendanceCommandBus(
                localSegment,
                new Admission(conclusion, employees, workforce.defaultZone()),
                conclusion,
                settings.commandsInFlight());
    }
}

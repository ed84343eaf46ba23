package com.abrohr.attendance.command.workforce;

import com.abrohr.attendance.command.engine.AggregateType;
import com.abrohr.attendance.command.engine.CommandType;
import com.abrohr.attendance.command.engine.CommandType.TargetEmployee;
import com.abrohr.attendance.command.engine.FieldRules;
import com.abrohr.attendance.command.engine.Permission;
import com.abrohr.attendance.command.engine.StreamId;
import com.abrohr.attendance.command.serialization.EventType;
import com.abrohr.attendance.messages.DomainEvent;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.workforce.EmployeeReceipt;
import com.abrohr.attendance.messages.workforce.EmployeeRegistered;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import java.util.List;

/** The commands and events of {@link Employee}. */
public final class EmployeeType extends AggregateType<Employee> {
    private static final String STREAM_TYPE = "employee";

    /** Characters that an address, or what stands before a server, may read as something else. */
    private static final String RESERVED = "/\\;%?#";

    public EmployeeType() {
        super(Employee.class, Employee::new, STREAM_TYPE, Employee::retainedBytes);
    }

    static String streamId(String companyId, String employeeId) {
        return new StreamId(STREAM_TYPE, companyId, employeeId).toString();
    }

    @Override
    public List<CommandType<?>> commands() {
        return List.of(
                new CommandType<>(
                                RegisterEmployee.class,
                                "RegisterEmployee",
                                Permission.RECORDS,
                                EmployeeType::checkFields)
                        .about(TargetEmployee.REGISTERED)
                        .inZone(RegisterEmployee::zoneId));
    }

    public static List<EventType> events() {
        return List.of(EventType.of(EmployeeRegistered.class, "EmployeeRegistered", "1"));
    }

    @Override
    protected Receipt receipt(DomainEvent event, String commandId, long seq) {
        return new EmployeeReceipt(event.employeeId(), commandId, seq);
    }

    @Override
    protected Receipt unchanged(EmployeeCommand command, long seq) {
        return new EmployeeReceipt(command.employeeId(), command.commandId(), seq);
    }

    private static void checkFields(RegisterEmployee command) {
        newEmployeeId(command.employeeId());
        FieldRules.text("displayName", command.displayName(), FieldRules.NAME);
        FieldRules.text("departmentId", command.departmentId(), FieldRules.ID);
        FieldRules.text("siteId", command.siteId(), FieldRules.ID);
        FieldRules.zone(command.zoneId());
    }

    /** Only for those who are new: the log may hold other ids, and their owners stay served. */
    private static void newEmployeeId(String employeeId) {
        if (employeeId.codePoints().anyMatch(EmployeeType::breaksAddresses)) {
            throw Refusal.fault(
                    "employeeId",
                    "takes every character but control characters, line separators"
                            + " and / \\ ; % ? #");
        }
    }

    private static boolean breaksAddresses(int character) {
        int type = Character.getType(character);
        return RESERVED.indexOf(character) >= 0
                || type == Character.CONTROL
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR;
    }
}

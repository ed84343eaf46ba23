package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.command.CommandSideConfiguration;
import com.abrohr.attendance.command.workforce.WorkforceSettings;
import com.abrohr.attendance.messages.EmployeeCommand;
import com.abrohr.attendance.messages.attendance.TimeClockCommand;
import com.abrohr.attendance.messages.leave.LeaveCommand;
import com.abrohr.attendance.messages.workforce.WorkforceCommand;

import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;

/** The commands of all features, as the command bus finds them. */
final class CommandTypes {

    static final List<CommandType<?>> ALL =
            CommandSideConfiguration.aggregates(
                            new WorkforceSettings(ZoneOffset.UTC, Duration.ofHours(72)))
                    .stream()
                    .<CommandType<?>>flatMap(type -> type.commands().stream())
                    .toList();

    private CommandTypes() {}

    @SuppressWarnings("unchecked")
    static <C extends EmployeeCommand> CommandType<C> of(C command) {
        return (CommandType<C>)
                ALL.stream()
                        .filter(type -> type.type().equals(command.getClass()))
                        .findAny()
                        .orElseThrow();
    }

    static void checkFields(EmployeeCommand command) {
        CommandAdmission.checkFields(of(command), command);
    }

    static String fingerprint(EmployeeCommand command) {
        return of(command).fingerprint(command);
    }

    /** Those that the messages know, whether a feature says anything of them or not. */
    static List<Class<?>> permitted() {
        return Stream.of(TimeClockCommand.class, LeaveCommand.class, WorkforceCommand.class)
                .<Class<?>>flatMap(language -> Stream.of(language.getPermittedSubclasses()))
                .toList();
    }
}

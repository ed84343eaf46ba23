package com.abrohr.attendance.command.engine;

import com.abrohr.attendance.messages.EmployeeCommand;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What a command says of itself.
 *
 * @param name in fingerprints; it never changes, or no repeat of a stored command is recognised
 * @param permission who may ask for it
 * @param fields checks the fields of its own; throws a Refusal that names the field
 * @param employee what has to be known of the employee beforehand
 * @param zone the IANA zone that the command names, null for the employee's own
 * @param metadata what the command adds to the metadata of its events
 * @param forms the command in every form that counts as the same command, in the one that is stored
 *     first
 */
public record CommandType<C extends EmployeeCommand>(
        Class<C> type,
        String name,
        Permission permission,
        Consumer<? super C> fields,
        TargetEmployee employee,
        Function<? super C, @Nullable String> zone,
        Function<? super C, Map<String, String>> metadata,
        Function<? super C, List<? extends EmployeeCommand>> forms) {

    /** What has to be known of the employee whom a command is about. */
    public enum TargetEmployee {
        /** Who is unknown is refused; who asks for themself is enrolled at that moment. */
        REQUIRED,
        /** The command names something that only a known employee can have. */
        IMPLIED,
        /** The command itself makes the employee known. */
        REGISTERED
    }

    /** A command about something that only a known employee can have. */
    public CommandType(
            Class<C> type, String name, Permission permission, Consumer<? super C> fields) {
        this(
                type,
                name,
                permission,
                fields,
                TargetEmployee.IMPLIED,
                _ -> null,
                _ -> Map.of(),
                List::of);
    }

    public CommandType<C> about(TargetEmployee target) {
        return new CommandType<>(type, name, permission, fields, target, zone, metadata, forms);
    }

    public CommandType<C> inZone(Function<? super C, @Nullable String> named) {
        return new CommandType<>(type, name, permission, fields, employee, named, metadata, forms);
    }

    public CommandType<C> adding(Function<? super C, Map<String, String>> added) {
        return new CommandType<>(type, name, permission, fields, employee, zone, added, forms);
    }

    public CommandType<C> sameAs(Function<? super C, List<? extends EmployeeCommand>> others) {
        return new CommandType<>(type, name, permission, fields, employee, zone, metadata, others);
    }

    /** What is stored with the command, to recognise its repeats by. */
    String fingerprint(C command) {
        return Fingerprint.of(name, forms.apply(command).getFirst());
    }

    /** Whether a fingerprint is that of the same command, in any of its forms. */
    boolean isRepeat(C command, @Nullable String fingerprint) {
        return forms.apply(command).stream()
                .anyMatch(form -> Fingerprint.of(name, form).equals(fingerprint));
    }
}

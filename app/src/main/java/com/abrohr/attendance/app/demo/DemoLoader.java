package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.workforce.RegisterEmployee;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;

import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Registers the people of the demo company before the node says that it is ready. The command ids
 * are always the same, so a restart registers nobody twice.
 */
final class DemoLoader implements ApplicationRunner {
    private static final Logger log = LoggerFactory.getLogger(DemoLoader.class);

    private final DemoCompany company;
    private final DemoCommands commands;

    DemoLoader(DemoCompany company, DemoCommands commands) {
        this.company = company;
        this.commands = commands;
    }

    @Override
    public void run(ApplicationArguments args) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Receipt>> registrations =
                    company.people().stream()
                            .map(person -> threads.submit(() -> register(person)))
                            .toList();
            for (Future<Receipt> registration : registrations) {
                registration.get();
            }
        } catch (ExecutionException e) {
            log.error("The demo company could not be loaded", e.getCause());
        }
    }

    private Receipt register(DemoPerson person) {
        return commands.asSystem(
                        new RegisterEmployee(
                                DemoCompany.ID,
                                person.employeeId(),
                                "demo-register-" + person.employeeId(),
                                person.displayName(),
                                person.departmentId(),
                                person.site().id(),
                                person.site().zoneId()))
                .join();
    }
}

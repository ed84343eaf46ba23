package com.abrohr.attendance.app.demo;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The people that somebody has signed in as; the script leaves them alone, also after a restart.
 */
final class DemoSignIns {
    private static final Logger log = LoggerFactory.getLogger(DemoSignIns.class);

    private final Set<String> signedIn = ConcurrentHashMap.newKeySet();
    private final Path file;

    DemoSignIns(Path file) {
        this.file = file;
        try {
            if (Files.exists(file)) {
                signedIn.addAll(Files.readAllLines(file));
            }
        } catch (IOException e) {
            log.warn("{} cannot be read", file, e);
        }
    }

    void add(String employeeId) {
        if (signedIn.add(employeeId)) {
            try {
                Files.writeString(
                        file,
                        employeeId + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                log.warn("{} cannot be written", file, e);
            }
        }
    }

    boolean contains(DemoPerson person) {
        return signedIn.contains(person.employeeId());
    }
}

package com.abrohr.attendance.app.database;

import com.abrohr.attendance.app.settings.StartRefused;

import java.nio.file.Path;

/** A process of its own that holds an embedded database until its input ends; for tests. */
public final class DatabaseHolderProcess {

    private DatabaseHolderProcess() {}

    public static void main(String[] args) throws Exception {
        try (var database = EmbeddedDatabase.start(new DataDirectory(Path.of(args[0])))) {
            System.out.println("URL " + database.url());
            while (System.in.read() >= 0) {
                continue;
            }
        } catch (StartRefused e) {
            System.out.println("REFUSED " + e.message());
            System.exit(1);
        }
        System.out.println("STOPPED");
    }
}

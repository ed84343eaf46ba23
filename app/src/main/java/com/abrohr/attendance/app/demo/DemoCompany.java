package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.messages.identity.Role;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The people of {@code demo/people.csv}, in its order. */
public record DemoCompany(List<DemoPerson> people) {
    public static final String ID = "demo";
    public static final String NAME = "Aurora Logistics";

    private static final String RESOURCE = "/demo/people.csv";

    public DemoCompany {
        people = List.copyOf(people);
    }

    public static DemoCompany load() {
        try (InputStream stream = DemoCompany.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is missing");
            }
            String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            return new DemoCompany(text.lines().skip(1).map(DemoCompany::person).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static DemoPerson person(String line) {
        String[] column = line.split(",", -1);
        return new DemoPerson(
                column[0],
                column[1],
                Role.valueOf(column[2]),
                column[3],
                DemoSite.valueOf(column[4].toUpperCase(Locale.ROOT)));
    }

    Optional<DemoPerson> find(String employeeId) {
        return people.stream().filter(p -> p.employeeId().equals(employeeId)).findFirst();
    }

    /** The id of the first person of a role. */
    public String first(Role role) {
        return people.stream()
                .filter(p -> p.role() == role)
                .map(DemoPerson::employeeId)
                .findFirst()
                .orElseThrow();
    }
}

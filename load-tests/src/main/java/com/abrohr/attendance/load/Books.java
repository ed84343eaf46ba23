package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.LogDatabase;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the database has of the punches that a company was told are stored.
 *
 * @param lost confirmed, and not there
 * @param doubled there more than once
 */
record Books(int lost, int doubled) {
    private static final String LOG =
            "select command_id, count(*) from events where company_id = ?"
                    + " and payload_type like '%Punched%' group by command_id";
    private static final String READ_MODEL =
            "select command_id, count(*) from punch where company_id = ? group by command_id";

    static Books ofLog(Path dataDirectory, Iterable<BusyCompany> companies)
            throws SQLException, IOException {
        return of(dataDirectory, companies, LOG);
    }

    static Books ofReadModel(Path dataDirectory, Iterable<BusyCompany> companies)
            throws SQLException, IOException {
        return of(dataDirectory, companies, READ_MODEL);
    }

    private static Books of(Path dataDirectory, Iterable<BusyCompany> companies, String query)
            throws SQLException, IOException {
        int lost = 0;
        int doubled = 0;
        try (Connection database = LogDatabase.connect(dataDirectory);
                PreparedStatement count = database.prepareStatement(query)) {
            for (BusyCompany company : companies) {
                Map<String, Integer> stored = new HashMap<>();
                count.setString(1, company.id());
                try (ResultSet row = count.executeQuery()) {
                    while (row.next()) {
                        stored.put(row.getString(1), row.getInt(2));
                    }
                }
                Set<String> confirmed = company.confirmed();
                lost += (int) confirmed.stream().filter(id -> !stored.containsKey(id)).count();
                doubled += (int) stored.values().stream().filter(times -> times > 1).count();
            }
        }
        return new Books(lost, doubled);
    }
}

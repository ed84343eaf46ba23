package com.abrohr.attendance.load;

import com.abrohr.attendance.system.harness.LogDatabase;
import com.abrohr.attendance.system.harness.RawSocket;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * What the machine needs for the parts that no attendance server can do without: one round trip on
 * a socket of the same server that is answered without any work, and one row made durable in the
 * same database.
 */
final class Reference {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final String ROW = "x".repeat(700);

    private final Samples roundTrips = new Samples();
    private final Samples inserts = new Samples();

    void measure(RawSocket socket, Path dataDirectory, int rate, Duration duration)
            throws SQLException, IOException {
        try (Connection database = LogDatabase.connect(dataDirectory);
                Statement setUp = database.createStatement()) {
            setUp.execute(
                    "create table if not exists public.benchmark_reference"
                            + " (id bigserial primary key, body text not null)");
            try (PreparedStatement insert =
                    database.prepareStatement(
                            "insert into public.benchmark_reference (body) values (?)")) {
                var pace = new Pace(rate);
                long count = rate * duration.toSeconds();
                for (int i = 0; i < count; i++) {
                    pace.awaitNext();
                    long start = System.nanoTime();
                    echo(socket, i);
                    long between = System.nanoTime();
                    insert.setString(1, ROW);
                    insert.executeUpdate();
                    roundTrips.add(between - start);
                    inserts.add(System.nanoTime() - between);
                }
            }
        }
    }

    /** The server answers an unknown event from its socket layer alone. */
    static void echo(RawSocket socket, int number) {
        socket.forget();
        socket.send("42" + number + "[\"no_such_event\",{}]");
        String answer = "43" + number + "[";
        socket.await(frame -> frame.startsWith(answer), LIMIT);
    }

    Samples.Quantiles roundTrips() {
        return roundTrips.quantiles();
    }

    Samples.Quantiles inserts() {
        return inserts.quantiles();
    }

    double millis(double share) {
        return roundTrips().millis(share) + inserts().millis(share);
    }
}

package com.abrohr.attendance.command;

import static com.abrohr.attendance.messages.identity.Role.EMPLOYEE;
import static com.abrohr.attendance.messages.identity.Role.MANAGER;

import static org.assertj.core.api.Assertions.assertThat;

import com.abrohr.attendance.messages.Receipt;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.attendance.CorrectWorkSession;
import com.abrohr.attendance.messages.attendance.PunchIn;
import com.abrohr.attendance.messages.attendance.PunchOut;
import com.abrohr.attendance.messages.attendance.PunchReceipt;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;

/** Somebody who has worked here for long, on a node that has just started. */
class LongPastIT {

    private static final String COMPANY = "acme";
    private static final int SESSIONS = 70;

    /** Sixty-four can be corrected, and the oldest of those must not overlap the one before it. */
    private static final int NEEDED = 65;

    @Test
    void aTimeClockIsReadFromTheOldestSessionThatADecisionNeeds() throws Exception {
        try (EmbeddedPostgres postgres = EmbeddedPostgres.builder().start()) {
            Flyway.configure().dataSource(postgres.getPostgresDatabase()).load().migrate();
            try (CommandNode node = node(postgres)) {
                for (int session = 1; session <= SESSIONS; session++) {
                    punchIn(node, "in-" + session);
                    node.send(
                            new PunchOut(COMPANY, "ana", "out-" + session, null, null, null),
                            "ana",
                            EMPLOYEE);
                }
            }
            makeUnreadable(postgres, 2 * (SESSIONS - NEEDED));
            try (CommandNode node = node(postgres)) {
                assertThat(punchIn(node, "in-71"))
                        .isInstanceOfSatisfying(
                                PunchReceipt.class,
                                receipt -> assertThat(receipt.sessionId()).isEqualTo("ws-71-ana"));
                assertThat(node.refusal(correction("c-7", 7), "boss", MANAGER))
                        .isEqualTo(RefusalCode.TOO_OLD);
                // before the session before it has ended
                assertThat(node.refusal(correction("c-8", 8), "boss", MANAGER))
                        .isEqualTo(RefusalCode.OVERLAP);
            }
        }
    }

    private static Receipt punchIn(CommandNode node, String commandId) {
        return node.send(new PunchIn(COMPANY, "ana", commandId, null, null, null), "ana", EMPLOYEE);
    }

    private static CorrectWorkSession correction(String commandId, int session) {
        return new CorrectWorkSession(
                COMPANY, "ana", commandId, "ws-" + session + "-ana", Instant.EPOCH, null, null);
    }

    private static void makeUnreadable(EmbeddedPostgres postgres, int events) throws Exception {
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            assertThat(
                            statement.executeUpdate(
                                    "update event_log set payload = 'broken' where aggregate_id ="
                                            + " 'time-clock/acme/ana' and sequence < "
                                            + events))
                    .isEqualTo(events);
        }
    }

    private static CommandNode node(EmbeddedPostgres postgres) {
        return new CommandNode(postgres.getJdbcUrl("postgres", "postgres"), Map.of());
    }
}

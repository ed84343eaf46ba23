package com.abrohr.attendance.query.projection;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/** Empties the tables for a replay, in the transaction that resets the tokens. */
class ReadModelReset {

    private static final String TABLES =
            "punch, work_session, leave_request, presence, company_position";

    private final JdbcTemplate jdbc;
    private final DeadLetterQueue deadLetters;

    ReadModelReset(JdbcTemplate jdbc, DeadLetterQueue deadLetters) {
        this.jdbc = jdbc;
        this.deadLetters = deadLetters;
    }

    void clear() {
        // Readers may have to end first, which takes longer than the pool lets a statement take;
        // the pool sets the limit again when the connection comes back.
        jdbc.execute(
                (ConnectionCallback<Boolean>)
                        connection -> {
                            connection.setNetworkTimeout(Runnable::run, 0);
                            BoundedTransactionManager.allowLonger(connection);
                            return true;
                        });
        jdbc.execute("truncate " + TABLES);
        deadLetters.clear();
    }
}

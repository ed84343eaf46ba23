package com.abrohr.attendance.query.board;

import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.deadletter.SequencedDeadLetterQueue;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Empties the tables for a replay, in the transaction that resets the tokens. Each head remembers
 * its last number: the replay must come out with the same.
 */
class BoardReset {

    private final JdbcTemplate jdbc;
    private final SequencedDeadLetterQueue<EventMessage<?>> deadLetters;

    BoardReset(JdbcTemplate jdbc, SequencedDeadLetterQueue<EventMessage<?>> deadLetters) {
        this.jdbc = jdbc;
        this.deadLetters = deadLetters;
    }

    void clear() {
        // Emptying big tables may take longer than the pool lets a statement take; the pool sets
        // the limit again when the connection comes back.
        jdbc.execute(
                (ConnectionCallback<Boolean>)
                        connection -> {
                            connection.setNetworkTimeout(Runnable::run, 0);
                            return true;
                        });
        for (String table :
                new String[] {"feed_entry", "punch", "work_session", "leave_request", "presence"}) {
            jdbc.update("delete from " + table);
        }
        jdbc.update(
                """
                update feed_head set last_seq = 0, managers_seq = 0,
                    rebuilt_to = greatest(rebuilt_to, last_seq)""");
        deadLetters.clear();
    }
}

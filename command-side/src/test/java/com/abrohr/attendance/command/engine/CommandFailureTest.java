package com.abrohr.attendance.command.engine;

import static com.abrohr.attendance.command.engine.CommandFailure.DATABASE_AWAY;
import static com.abrohr.attendance.command.engine.CommandFailure.UNEXPECTED;
import static com.abrohr.attendance.command.engine.CommandFailure.UNREADABLE_EVENTS;

import static org.assertj.core.api.Assertions.assertThat;

import org.axonframework.eventsourcing.eventstore.EventStoreException;
import org.axonframework.serialization.SerializationException;
import org.junit.jupiter.api.Test;

import java.sql.SQLException;

class CommandFailureTest {

    @Test
    void aKeyOfPersonalDataThatCannotBeAskedForIsADatabaseThatIsAway() {
        var failure = new SerializationException("a key could not be read", new SQLException());
        assertThat(CommandFailure.of(failure)).isEqualTo(DATABASE_AWAY);
        assertThat(CommandFailure.of(new EventStoreException("not read", failure)))
                .isEqualTo(DATABASE_AWAY);
    }

    @Test
    void anEventThatIsReadButNotUnderstoodIsUnreadable() {
        var failure = new SerializationException("no such event");
        assertThat(CommandFailure.of(failure)).isEqualTo(UNREADABLE_EVENTS);
        assertThat(CommandFailure.of(new EventStoreException("not read", failure)))
                .isEqualTo(UNREADABLE_EVENTS);
    }

    @Test
    void whatNobodyForesawStaysUnexpected() {
        assertThat(CommandFailure.of(new IllegalStateException(new SQLException())))
                .isEqualTo(UNEXPECTED);
    }
}

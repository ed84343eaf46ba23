package com.abrohr.attendance.command.serialization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyString;
import static org.mockito.Mockito.atLeast;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.abrohr.attendance.command.serialization.SubjectKeys.Subject;
import com.abrohr.attendance.messages.PersonalData.Category;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

import javax.sql.DataSource;

/** What is remembered of the key table, and what is asked for again. */
class StoredSubjectKeysTest {

    private final Subject ana = new Subject("acme", "ana", Category.values()[0]);
    private final DataSource database = mock();
    private final ResultSet row = mock();
    private final StoredSubjectKeys keys = new StoredSubjectKeys(database, 10_000);

    @BeforeEach
    void connect() throws SQLException {
        Connection connection = mock();
        PreparedStatement select = mock();
        when(database.getConnection()).thenReturn(connection);
        when(connection.prepareStatement(anyString())).thenReturn(select);
        when(select.executeQuery()).thenReturn(row);
    }

    @Test
    void thatAKeyWasDestroyedIsAskedForOnce() throws SQLException {
        when(row.next()).thenReturn(true);

        assertThat(keys.forReading(ana)).isNull();
        assertThat(keys.forReading(ana)).isNull();
        assertThat(keys.forWriting(ana)).isNull();
        DataSource readers = mock();
        assertThat(keys.readThrough(readers).forReading(ana)).isNull();

        verify(readers, never()).getConnection();
        verify(database, times(1)).getConnection();
    }

    @Test
    void keysAreForgottenThatDoNotFitIntoTheMemoryForThem() throws SQLException {
        when(row.next()).thenReturn(true);
        when(row.getBytes(1)).thenReturn(new byte[32]);

        for (int repeat = 1; repeat <= 2; repeat++) {
            for (int employee = 1; employee <= 100; employee++) {
                keys.forReading(new Subject("acme", "e" + employee, Category.values()[0]));
            }
        }

        verify(database, atLeast(150)).getConnection();
    }

    @Test
    void aKeyThatIsNotThereYetIsAskedForAgain() throws SQLException {
        when(row.next()).thenReturn(false, true);
        when(row.getBytes(1)).thenReturn(new byte[32]);

        assertThat(keys.forReading(ana)).isNull();
        assertThat(keys.forReading(ana)).isNotNull();
    }
}

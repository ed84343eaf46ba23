package com.abrohr.attendance.command.serialization;

import com.abrohr.attendance.command.engine.HeapSize;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import org.axonframework.serialization.SerializationException;
import org.jspecify.annotations.Nullable;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;

import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;

/**
 * Keys in the table subject_key, cached for a bounded time, because another node may destroy a key.
 * That a key was destroyed is cached as well, so that whoever reads much of an erased person does
 * not ask for each event. That there is none is not: it may be made the next moment, and a reader
 * sees no keys of other companies. Makes a key in a transaction of its own, before and apart from
 * the append that first needs it; a key that then enciphers nothing does no harm.
 */
final class StoredSubjectKeys implements SubjectKeys {
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final int KEY_BYTES = 32;

    /** What an entry takes whatever it says, measured. */
    private static final int FIXED_BYTES = 144;

    private static final int SECRET_BYTES =
            HeapSize.ofObject(2 * HeapSize.REFERENCE) + HeapSize.ofArray(KEY_BYTES, Byte.BYTES);

    private final DataSource dataSource;
    private final SecureRandom random = new SecureRandom();
    private final Cache<Subject, StoredKey> keys;

    StoredSubjectKeys(DataSource dataSource, long maxBytes) {
        this.dataSource = dataSource;
        keys =
                Caffeine.newBuilder()
                        .maximumWeight(maxBytes)
                        .weigher(StoredSubjectKeys::weigh)
                        .expireAfterWrite(KEPT)
                        .executor(Runnable::run)
                        .build();
    }

    /**
     * A row of the table.
     *
     * @param secret null when it was destroyed
     */
    private record StoredKey(@Nullable SecretKey secret) {
        @Override
        public String toString() {
            return "StoredKey[" + (secret == null ? "destroyed" : "***") + "]";
        }
    }

    private static int weigh(Subject subject, StoredKey key) {
        return FIXED_BYTES
                + HeapSize.of(subject.companyId())
                + HeapSize.of(subject.employeeId())
                + (key.secret() == null ? 0 : SECRET_BYTES);
    }

    @Override
    public @Nullable SecretKey forWriting(Subject subject) {
        StoredKey cached = keys.getIfPresent(subject);
        if (cached != null) {
            return cached.secret();
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(true);
            StoredKey stored = read(connection, subject);
            if (stored == null) {
                make(connection, subject);
                stored = read(connection, subject);
            }
            return remembered(subject, stored);
        } catch (SQLException e) {
            throw new SerializationException("a key of personal data could not be stored", e);
        }
    }

    @Override
    public @Nullable SecretKey forReading(Subject subject) {
        return forReading(subject, dataSource);
    }

    private @Nullable SecretKey forReading(Subject subject, DataSource from) {
        StoredKey cached = keys.getIfPresent(subject);
        if (cached != null) {
            return cached.secret();
        }
        try (Connection connection = from.getConnection()) {
            return remembered(subject, read(connection, subject));
        } catch (SQLException e) {
            throw new SerializationException("a key of personal data could not be read", e);
        }
    }

    /** The same keys in memory; those that are not there are read through another DataSource. */
    SubjectKeys readThrough(DataSource readers) {
        return new SubjectKeys() {
            @Override
            public @Nullable SecretKey forWriting(Subject subject) {
                throw new SerializationException("a reader makes no keys");
            }

            @Override
            public @Nullable SecretKey forReading(Subject subject) {
                return StoredSubjectKeys.this.forReading(subject, readers);
            }
        };
    }

    private @Nullable SecretKey remembered(Subject subject, @Nullable StoredKey key) {
        if (key == null) {
            return null;
        }
        keys.put(subject, key);
        return key.secret();
    }

    private static @Nullable StoredKey read(Connection connection, Subject subject)
            throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement(
                        "select secret from subject_key"
                                + " where company_id = ? and employee_id = ? and category = ?")) {
            name(select, subject);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return null;
                }
                byte[] secret = row.getBytes(1);
                return new StoredKey(secret == null ? null : new SecretKeySpec(secret, "AES"));
            }
        }
    }

    /** Does nothing where a row stands already, be its key destroyed or made by another node. */
    private void make(Connection connection, Subject subject) throws SQLException {
        byte[] secret = new byte[KEY_BYTES];
        random.nextBytes(secret);
        try (PreparedStatement insert =
                connection.prepareStatement(
                        "insert into subject_key (company_id, employee_id, category, secret)"
                                + " VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            name(insert, subject);
            insert.setBytes(4, secret);
            insert.executeUpdate();
        }
    }

    private static void name(PreparedStatement statement, Subject subject) throws SQLException {
        statement.setString(1, subject.companyId());
        statement.setString(2, subject.employeeId());
        statement.setString(3, subject.category().name());
    }
}

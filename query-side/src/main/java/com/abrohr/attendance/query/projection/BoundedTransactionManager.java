package com.abrohr.attendance.query.projection;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * Transactions of the projection. The server ends them where the node does not, so that a frozen
 * node holds its locks no longer than its claims. Their plans are those of large tables, whatever
 * the statistics say: they are made while the tables are empty and kept while they grow.
 */
final class BoundedTransactionManager extends JdbcTransactionManager {
    private static final int FIRST_WITH_TRANSACTION_TIMEOUT = 17;

    private static final String PLANS =
            """
            select set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true),
                set_config('enable_mergejoin', 'off', true),
                set_config('jit', 'off', true),
                set_config('plan_cache_mode', 'force_generic_plan', true)""";

    private final String settings;
    private final String settingsWithTotal;

    /**
     * @param claimTimeout after which another node takes over
     */
    BoundedTransactionManager(DataSource dataSource, Duration claimTimeout) {
        super(dataSource);
        // Earlier than the claim, so that the node that takes over need not wait for locks.
        this.settings =
                PLANS + setting("idle_in_transaction_session_timeout", claimTimeout.dividedBy(2));
        this.settingsWithTotal = settings + setting("transaction_timeout", claimTimeout);
    }

    private static String setting(String name, Duration limit) {
        return ", set_config('" + name + "', '" + Math.max(1, limit.toMillis()) + "', true)";
    }

    @Override
    protected void prepareTransactionalConnection(
            Connection connection, TransactionDefinition definition) throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        try (var statement =
                connection.prepareStatement(
                        hasTransactionTimeout(connection) ? settingsWithTotal : settings)) {
            statement.execute();
        }
    }

    /** For work that may take longer than a batch, as long as it does not idle. */
    static void allowLonger(Connection connection) throws SQLException {
        if (hasTransactionTimeout(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select set_config('transaction_timeout', '0', true)");
            }
        }
    }

    private static boolean hasTransactionTimeout(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= FIRST_WITH_TRANSACTION_TIMEOUT;
    }
}

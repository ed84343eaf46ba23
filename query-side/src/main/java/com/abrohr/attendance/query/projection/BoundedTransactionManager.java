package com.abrohr.attendance.query.projection;

import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

import javax.sql.DataSource;

/**
 * Transactions of the projection. The server ends them where the node does not, so that a node that
 * stands still holds its locks no longer than its claims. And their plans are those of a large
 * table from the start, whatever the statistics say: they are made while the tables are empty and
 * kept while they grow.
 */
final class BoundedTransactionManager extends JdbcTransactionManager {

    private static final int KNOWS_TRANSACTION_TIMEOUT = 17;

    private static final String PLANS =
            """
            select set_config('enable_seqscan', 'off', true),
                set_config('enable_hashjoin', 'off', true),
                set_config('enable_mergejoin', 'off', true),
                set_config('jit', 'off', true),
                set_config('plan_cache_mode', 'force_generic_plan', true),
                set_config('idle_in_transaction_session_timeout', '%d', true)""";
    private static final String TOTAL = ", set_config('transaction_timeout', '%d', true)";

    private final String settings;
    private final String settingsWithTotal;

    /**
     * @param claimTimeout after which another node takes over
     */
    BoundedTransactionManager(DataSource dataSource, Duration claimTimeout) {
        super(dataSource);
        // A session that ends before its claim does costs the node that takes over no wait.
        this.settings = PLANS.formatted(Math.max(1, claimTimeout.toMillis() / 2));
        this.settingsWithTotal = settings + TOTAL.formatted(Math.max(1, claimTimeout.toMillis()));
    }

    @Override
    protected void prepareTransactionalConnection(
            Connection connection, TransactionDefinition definition) throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        try (var statement =
                connection.prepareStatement(
                        knowsTransactionTimeout(connection) ? settingsWithTotal : settings)) {
            statement.execute();
        }
    }

    /** For work that may take longer than a batch, as long as it does not idle. */
    static void allowLonger(Connection connection) throws SQLException {
        if (knowsTransactionTimeout(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("select set_config('transaction_timeout', '0', true)");
            }
        }
    }

    private static boolean knowsTransactionTimeout(Connection connection) throws SQLException {
        return connection.getMetaData().getDatabaseMajorVersion() >= KNOWS_TRANSACTION_TIMEOUT;
    }
}

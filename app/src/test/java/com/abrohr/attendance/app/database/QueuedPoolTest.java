package com.abrohr.attendance.app.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

import javax.sql.DataSource;

class QueuedPoolTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    private final AtomicBoolean away = new AtomicBoolean();
    private QueuedPool pool;

    @AfterEach
    void close() {
        pool.close();
    }

    @Test
    void whoWaitsIsServedInTheOrderOfComingAndNeverWaitsInThePoolItself() throws Exception {
        pool = pool(1, LONG);
        Connection first = pool.getConnection();
        List<Integer> served = Collections.synchronizedList(new ArrayList<>());
        var turns = new Semaphore(0);
        for (int i = 1; i <= 5; i++) {
            int number = i;
            Thread.ofVirtual()
                    .start(
                            () -> {
                                try (Connection _ = pool.getConnection()) {
                                    served.add(number);
                                } catch (SQLException e) {
                                    served.add(-number);
                                }
                                turns.release();
                            });
            await().until(() -> pool.waiting() == number);
        }

        assertThat(pool.getHikariPoolMXBean().getThreadsAwaitingConnection()).isZero();
        first.close();
        turns.acquire(5);
        assertThat(served).containsExactly(1, 2, 3, 4, 5);
    }

    @Test
    void aConnectionClosedTwiceMakesRoomForOneThread() throws Exception {
        pool = pool(1, Duration.ofMillis(50));
        Connection connection = pool.getConnection();
        connection.close();
        connection.close();

        try (Connection _ = pool.getConnection()) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("waiting");
        }
    }

    @Test
    void whoGotNoConnectionMakesRoomForTheNext() throws Exception {
        away.set(true);
        pool = pool(1, Duration.ofMillis(50));
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionTimeout(250);
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(pool::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageNotContaining("waiting: 0");
        }
        away.set(false);
        pool.setConnectionTimeout(LONG.toMillis());

        pool.getConnection().close();
    }

    @Test
    void whatAStatementThrowsArrivesAsItWasThrown() throws Exception {
        pool = pool(1, LONG);
        try (Connection connection = pool.getConnection()) {
            assertThatThrownBy(connection::createStatement)
                    .isInstanceOf(SQLException.class)
                    .hasMessage("no statements here");
        }
    }

    private QueuedPool pool(int size, Duration patience) {
        var made = new QueuedPool(size, patience);
        made.setDataSource(dataSource());
        return made;
    }

    private DataSource dataSource() {
        return stub(
                DataSource.class,
                method -> {
                    if (method.equals("getConnection") && away.get()) {
                        throw new SQLException("away");
                    }
                    return method.equals("getConnection") ? connection() : null;
                });
    }

    private static Connection connection() {
        return stub(
                Connection.class,
                method ->
                        switch (method) {
                            case "isValid", "getAutoCommit" -> true;
                            case "isReadOnly", "isClosed" -> false;
                            case "getTransactionIsolation", "getNetworkTimeout" -> 2;
                            case "createStatement" -> throw new SQLException("no statements here");
                            default -> null;
                        });
    }

    private interface Answers {
        Object to(String method) throws SQLException;
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (self, method, arguments) ->
                                switch (method.getName()) {
                                    case "toString" -> "stub";
                                    case "hashCode" -> System.identityHashCode(self);
                                    case "equals" -> self == arguments[0];
                                    default ->
                                            method.getReturnType() == int.class
                                                            && answers.to(method.getName()) == null
                                                    ? 0
                                                    : answers.to(method.getName());
                                }));
    }
}

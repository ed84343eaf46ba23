package com.abrohr.attendance.query;

import org.springframework.jdbc.datasource.DelegatingDataSource;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

import javax.sql.DataSource;

/** What a test does to a node when it is about to send a statement. */
final class DatabaseHooks {
    /** Called with each statement before it is sent; may throw, or stand still. */
    volatile Consumer<String> statement = _ -> {};

    final AtomicLong commits = new AtomicLong();

    DataSource around(DataSource pool) {
        return new DelegatingDataSource(pool) {
            @Override
            public Connection getConnection() throws SQLException {
                return hooked(super.getConnection());
            }
        };
    }

    private Connection hooked(Connection connection) {
        return (Connection)
                Proxy.newProxyInstance(
                        DatabaseHooks.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        (_, method, arguments) -> {
                            if (method.getName().equals("prepareStatement")) {
                                statement.accept((String) arguments[0]);
                            }
                            if (method.getName().equals("commit")) {
                                commits.incrementAndGet();
                            }
                            try {
                                return method.invoke(connection, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        });
    }
}

package com.abrohr.attendance.command.eventstore;

import org.jspecify.annotations.Nullable;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** Connections with a fault where the writer sends what it cannot take back. */
final class LossyConnections {

    /** Called instead of nothing before an append or a COMMIT; may do it, and may fail. */
    interface Fault {

        /**
         * @param append null for a COMMIT
         */
        void before(Connection real, @Nullable PreparedStatement append) throws SQLException;
    }

    private LossyConnections() {}

    static DedicatedConnections of(DedicatedConnections real, Fault fault) {
        return properties -> {
            Connection connection = real.open(properties);
            return proxy(
                    Connection.class,
                    (_, method, arguments) -> {
                        if (method.getName().equals("commit")) {
                            fault.before(connection, null);
                        }
                        Object result = call(connection, method, arguments);
                        boolean appends =
                                method.getName().equals("prepareStatement")
                                        && connection.getAutoCommit()
                                        && arguments[0].toString().contains("append_events");
                        return appends
                                ? appending(connection, (PreparedStatement) result, fault)
                                : result;
                    });
        };
    }

    private static PreparedStatement appending(
            Connection connection, PreparedStatement statement, Fault fault) {
        AtomicBoolean failed = new AtomicBoolean();
        return proxy(
                PreparedStatement.class,
                (_, method, arguments) -> {
                    if (method.getName().equals("executeQuery")) {
                        failed.set(true);
                        fault.before(connection, statement);
                        failed.set(false);
                    }
                    // a fault may keep it for later
                    return method.getName().equals("close") && failed.get()
                            ? null
                            : call(statement, method, arguments);
                });
    }

    /** Connections that stay open for the server however often the writer closes them. */
    static DedicatedConnections unclosed(DedicatedConnections real, List<Connection> opened) {
        return properties -> {
            Connection connection = real.open(properties);
            opened.add(connection);
            return proxy(
                    Connection.class,
                    (_, method, arguments) ->
                            method.getName().equals("close")
                                    ? null
                                    : call(connection, method, arguments));
        };
    }

    private static Object call(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        LossyConnections.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}

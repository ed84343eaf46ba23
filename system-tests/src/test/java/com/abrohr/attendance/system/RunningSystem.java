package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.DataDirectories;
import com.abrohr.attendance.system.harness.FreePorts;
import com.abrohr.attendance.system.harness.SocketIoClients;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

import java.net.URI;
import java.util.List;

/**
 * Gives tests one running server and one process of socket clients, shared by all classes: each
 * test works in companies of its own, so they do not meet.
 */
final class RunningSystem implements ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace SHARED =
            ExtensionContext.Namespace.create(RunningSystem.class);

    private record Shared(AttendanceServer server, SocketIoClients sockets, URI frontendOrigin)
            implements AutoCloseable {
        static Shared start() {
            URI frontendOrigin = URI.create("http://localhost:" + FreePorts.next());
            return new Shared(
                    AttendanceServer.start(
                            DataDirectories.create(),
                            List.of(
                                    AttendanceServer.secret(),
                                    "--attendance.security.allowed-origins=" + frontendOrigin)),
                    new SocketIoClients(),
                    frontendOrigin);
        }

        @Override
        public void close() {
            sockets.close();
            server.close();
            DataDirectories.discard(server.dataDirectory());
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Companies.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Shared shared = shared(context);
        return new Companies(shared.server(), shared.sockets(), shared.frontendOrigin());
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isPresent()) {
            System.out.println(
                    "---- server log at the end of " + context.getDisplayName() + " ----");
            System.out.println(shared(context).server().log().tail(60));
        }
    }

    private static Shared shared(ExtensionContext context) {
        return context.getRoot()
                .getStore(SHARED)
                .computeIfAbsent(Shared.class, type -> Shared.start(), Shared.class);
    }
}

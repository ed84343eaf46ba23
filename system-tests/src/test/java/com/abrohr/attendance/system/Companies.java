package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.Api;
import com.abrohr.attendance.system.harness.AttendanceServer;
import com.abrohr.attendance.system.harness.RawSocket;
import com.abrohr.attendance.system.harness.SocketIoClient;
import com.abrohr.attendance.system.harness.SocketIoClients;

import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where a test gets companies that nobody else uses.
 *
 * @param frontendOrigin the one origin besides its own that the server lets in; nothing is there
 */
record Companies(AttendanceServer server, SocketIoClients sockets, URI frontendOrigin) {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    Company found(String name) {
        return new Company(name + "-" + NUMBER.incrementAndGet());
    }

    final class Company {
        private final String id;

        private Company(String id) {
            this.id = id;
        }

        String id() {
            return id;
        }

        String employeeToken(String employeeId) {
            return server.tokens().employee(id, employeeId);
        }

        String managerToken(String employeeId) {
            return server.tokens().manager(id, employeeId);
        }

        SocketIoClient employee(String employeeId) {
            return sockets.open(server.uri(""), employeeToken(employeeId)).connected();
        }

        SocketIoClient manager(String employeeId) {
            return sockets.open(server.uri(""), managerToken(employeeId)).connected();
        }

        RawSocket rawEmployee(String employeeId) {
            return RawSocket.connect(server.uri(""), employeeToken(employeeId));
        }

        /** Over REST in any role of a token. */
        Api api(String role, String employeeId) {
            return server.api(server.tokens().of(id, employeeId, role));
        }

        Api employeeApi(String employeeId) {
            return server.api(employeeToken(employeeId));
        }

        Api managerApi(String employeeId) {
            return server.api(managerToken(employeeId));
        }
    }
}

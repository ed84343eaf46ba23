package com.abrohr.attendance.system;

import com.abrohr.attendance.system.harness.SocketIoClient;

import tools.jackson.databind.json.JsonMapper;

/** What a client library keeps for Socket.IO's connection-state recovery. */
final class Recovery {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Recovery() {}

    /** From the answer to CONNECT, where the client library reads it too. */
    static String pidOf(SocketIoClient socket) {
        return socket.frames().stream()
                .filter(frame -> frame.startsWith("0{"))
                .map(frame -> JSON.readTree(frame.substring(1)).path("pid").asString(""))
                .filter(pid -> !pid.isEmpty())
                .findFirst()
                .orElseThrow();
    }

    /** The last argument of the last event that has one. */
    static String offsetOf(SocketIoClient socket) {
        return socket.events().stream()
                .filter(each -> each.args().size() == 2)
                .map(each -> each.args().path(1).asString())
                .toList()
                .getLast();
    }
}

package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.FeedBridge;
import com.abrohr.attendance.edge.bridge.LiveDashboard;
import com.abrohr.attendance.edge.bridge.RoomNames;
import com.abrohr.attendance.edge.command.Answer;
import com.abrohr.attendance.edge.command.ClientEvents;
import com.abrohr.attendance.edge.command.EventOrigin;
import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.Ack;
import com.abrohr.attendance.edge.socketio.Admission;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.ConnectRequest;
import com.abrohr.attendance.edge.socketio.NamespaceHandler;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The product's namespace: lets in who proves who they are, puts them into their rooms, answers
 * what they send.
 */
final class AttendanceNamespace implements NamespaceHandler {

    private static final Logger log = LoggerFactory.getLogger(AttendanceNamespace.class);
    private static final String DASHBOARD = "request_live_dashboard";

    private final TokenVerifier tokens;
    private final ClientEvents events;
    private final FeedBridge bridge;
    private final LiveDashboard dashboard;
    private final Rooms rooms;
    private final SessionExpiry expiry;
    private final Clock clock;

    AttendanceNamespace(
            TokenVerifier tokens,
            ClientEvents events,
            FeedBridge bridge,
            LiveDashboard dashboard,
            Rooms rooms,
            SessionExpiry expiry,
            Clock clock) {
        this.tokens = tokens;
        this.events = events;
        this.bridge = bridge;
        this.dashboard = dashboard;
        this.rooms = rooms;
        this.expiry = expiry;
        this.clock = clock;
    }

    @Override
    public Admission connecting(ConnectRequest request) {
        JsonNode token = request.auth().path("token");
        if (!token.isString() || token.stringValue().isEmpty()) {
            return Admission.refused("Authentication token required");
        }
        try {
            Caller caller = tokens.verify(token.stringValue());
            // Followed before the client hears that it is connected: from then on it misses
            // nothing.
            bridge.enter(caller.companyId());
            return Admission.accepted(new Session(caller));
        } catch (InvalidTokenException e) {
            log.debug("refused at the handshake: {}", e.getMessage());
            return Admission.refused("Invalid token");
        }
    }

    @Override
    public void joining(ClientSocket socket) {
        Caller caller = callerOf(socket);
        rooms.join(RoomNames.user(caller.companyId(), caller.employeeId()), socket);
        rooms.join(RoomNames.company(caller.companyId()), socket);
        if (caller.role().watchesCompany()) {
            rooms.join(RoomNames.managers(caller.companyId()), socket);
        }
        expiry.watch(socket, caller.expiresAt());
    }

    @Override
    public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
        EventOrigin origin =
                new EventOrigin(callerOf(socket), clock.instant(), UUID.randomUUID().toString());
        try {
            if (event.equals(DASHBOARD)) {
                dashboard.show(socket, origin.caller());
                ack.send(Map.of("ok", true));
                return;
            }
            Answer answer = events.handle(event, origin, arguments);
            if (answer.confirmation() != null) {
                socket.emit(answer.confirmation(), answer.fields());
            }
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("ok", true);
            result.putAll(answer.fields());
            ack.send(result);
        } catch (Refusal refusal) {
            refuse(socket, refusal, origin, arguments, ack);
        } catch (RuntimeException e) {
            log.error("{} {} failed", event, origin.correlationId(), e);
            refuse(
                    socket,
                    new Refusal(
                            RefusalCode.UNAVAILABLE,
                            "the outcome is unknown; repeat with the same commandId"),
                    origin,
                    arguments,
                    ack);
        }
    }

    @Override
    public void disconnected(ClientSocket socket, CloseReason reason) {
        expiry.forget(socket);
        bridge.leave(callerOf(socket).companyId());
    }

    private static void refuse(
            ClientSocket socket,
            Refusal refusal,
            EventOrigin origin,
            List<JsonNode> arguments,
            Ack ack) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", refusal.code().name());
        error.put("message", refusal.reason());
        if (refusal.field() != null) {
            error.put("field", refusal.field());
        }
        String commandId = ClientEvents.commandIdOf(arguments);
        if (commandId != null) {
            error.put("commandId", commandId);
        }
        error.put("correlationId", origin.correlationId());
        socket.emit("error", error);
        ack.send(Map.of("ok", false, "error", error));
    }

    private static Caller callerOf(ClientSocket socket) {
        return ((Session) socket.attachment()).caller();
    }
}

package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.EngineSession;
import com.abrohr.attendance.edge.engineio.InvalidPacketException;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import tools.jackson.databind.JsonNode;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One connection and the namespaces that it has joined. Used by the session's queue only. */
final class SocketIoConnection {
    private static final Logger log = LoggerFactory.getLogger(SocketIoConnection.class);
    private static final int MAX_NAMESPACES = 32;

    private final SocketIoServer server;
    private final EngineSession session;

    /**
     * A namespace that was left, or refused, stays with a null, so that packets for it that were on
     * their way are dropped instead of closing the connection.
     */
    private final Map<String, @Nullable NamespaceSocket> sockets = HashMap.newHashMap(1);

    private @Nullable BinaryPacketAssembler incomplete;

    /** Attachments still to come of an event that is dropped. */
    private int droppedAttachments;

    SocketIoConnection(SocketIoServer server, EngineSession session) {
        this.server = server;
        this.session = session;
    }

    void text(String message) {
        try {
            if (incomplete != null || droppedAttachments > 0) {
                throw new InvalidPacketException("text where an attachment was due");
            }
            Packet packet = Packet.parse(message);
            if (packet.type() == Packet.Type.BINARY_EVENT
                    || packet.type() == Packet.Type.BINARY_ACK) {
                startBinary(packet);
            } else {
                received(packet);
            }
        } catch (InvalidPacketException e) {
            invalid(e);
        }
    }

    void binary(byte[] message) {
        if (droppedAttachments > 0) {
            droppedAttachments--;
            return;
        }
        BinaryPacketAssembler collecting = incomplete;
        try {
            if (collecting == null) {
                throw new InvalidPacketException("attachment that belongs to nothing");
            }
            collecting.add(message);
            if (collecting.complete()) {
                incomplete = null;
                received(collecting.assemble());
            }
        } catch (InvalidPacketException e) {
            invalid(e);
        }
    }

    private void invalid(InvalidPacketException e) {
        log.debug("Invalid packet: {}", e.getMessage());
        session.close(CloseReason.INVALID_PACKET);
    }

    private void startBinary(Packet packet) throws InvalidPacketException {
        NamespaceSocket socket = joined(packet);
        if (socket == null) {
            droppedAttachments = packet.attachments();
            return;
        }
        if (!socket.definition().binary()) {
            session.close(CloseReason.BINARY_REFUSED);
            return;
        }
        BinaryPacketAssembler collecting = new BinaryPacketAssembler(packet);
        if (collecting.complete()) {
            received(collecting.assemble());
        } else {
            incomplete = collecting;
        }
    }

    private void received(Packet packet) throws InvalidPacketException {
        if (packet.type() == Packet.Type.CONNECT) {
            if (session.open()) {
                connect(packet);
            }
            return;
        }
        NamespaceSocket socket = joined(packet);
        if (socket == null) {
            return;
        }
        switch (packet.type()) {
            case DISCONNECT -> leave(socket, CloseReason.CLIENT_LEFT_NAMESPACE);
            case EVENT, BINARY_EVENT -> event(socket, packet);
            case ACK, BINARY_ACK -> {
                if (packet.ackId() != null) {
                    socket.answered(packet.ackId(), elements(packet.data(), 0));
                }
            }
            case CONNECT -> {
                // Handled above.
            }
        }
    }

    /** The socket of the packet's namespace, null when it was left or refused before. */
    private @Nullable NamespaceSocket joined(Packet packet) throws InvalidPacketException {
        NamespaceSocket socket = sockets.get(packet.namespace());
        if (socket == null && !sockets.containsKey(packet.namespace())) {
            throw new InvalidPacketException("namespace not joined");
        }
        return socket;
    }

    private void connect(Packet packet) throws InvalidPacketException {
        String name = packet.namespace();
        if (sockets.get(name) != null) {
            throw new InvalidPacketException("joined already");
        }
        Namespace namespace = server.namespace(name);
        if (namespace == null) {
            refuse(name, new ConnectResponse.Refused("Invalid namespace", null));
            return;
        }
        JsonNode auth = packet.data() == null ? Json.read("{}") : packet.data();
        var request = new ConnectRequest(name, auth, session.handshake(), session::bind);
        ConnectResponse response;
        try {
            response = namespace.handler().connecting(request);
        } catch (RuntimeException e) {
            failed("connecting", e);
            return;
        }
        switch (response) {
            case ConnectResponse.Refused refused -> refuse(name, refused);
            case ConnectResponse.Accepted accepted -> accept(namespace, accepted);
        }
    }

    private void refuse(String namespace, ConnectResponse.Refused refused) {
        // The client makes up the names, so their number is bounded.
        if (sockets.size() < MAX_NAMESPACES) {
            sockets.put(namespace, null);
        }
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("message", refused.message());
        Object data = refused.data();
        if (data != null) {
            payload.put("data", data);
        }
        session.send(PacketWriter.connectError(namespace, Json.write(payload)));
    }

    private void accept(Namespace namespace, ConnectResponse.Accepted accepted) {
        session.cancelDeadline();
        session.forgetAuthorization();
        NamespaceSocket socket =
                new NamespaceSocket(
                        this, session, namespace, server.newSocketId(), accepted.attachment());
        Map<String, Object> payload = new LinkedHashMap<>();
        payload.put("sid", socket.id());
        payload.putAll(accepted.fields());
        sockets.put(namespace.name(), socket);
        try {
            namespace.handler().joining(socket);
            socket.sendConnect(PacketWriter.connect(namespace.name(), Json.write(payload)));
            namespace.handler().connected(socket);
        } catch (RuntimeException e) {
            failed("connected", e);
        }
    }

    private void event(NamespaceSocket socket, Packet packet) {
        JsonNode data = packet.data();
        if (data == null) {
            return;
        }
        try {
            socket.definition()
                    .handler()
                    .received(
                            socket,
                            data.path(0).asString(),
                            elements(data, 1),
                            socket.ack(packet.ackId()));
        } catch (RuntimeException e) {
            failed("received", e);
        }
    }

    private static List<JsonNode> elements(@Nullable JsonNode array, int from) {
        return array == null ? List.of() : array.valueStream().skip(from).toList();
    }

    void leave(NamespaceSocket socket, CloseReason reason) {
        if (!socket.markLeft()) {
            return;
        }
        sockets.put(socket.namespace(), null);
        if (sockets.values().stream().allMatch(Objects::isNull)) {
            server.awaitConnect(session);
        }
        notifyLeft(socket, reason);
    }

    void closed(CloseReason reason) {
        incomplete = null;
        for (NamespaceSocket socket : sockets.values()) {
            if (socket != null && socket.markLeft()) {
                notifyLeft(socket, reason);
            }
        }
        sockets.clear();
    }

    private void notifyLeft(NamespaceSocket socket, CloseReason reason) {
        try {
            socket.definition().handler().disconnected(socket, reason);
        } catch (RuntimeException e) {
            failed("disconnected", e);
        }
    }

    private void failed(String method, RuntimeException e) {
        log.warn("A namespace handler failed in {}", method, e);
        session.close(CloseReason.INTERNAL_ERROR);
    }
}

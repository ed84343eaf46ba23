package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.engineio.Handshake;

import tools.jackson.databind.JsonNode;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client without a connection that remembers what it was sent. */
public final class RecordingSocket implements ClientSocket {

    private final Object attachment;
    private final List<JsonNode> heard = new CopyOnWriteArrayList<>();
    private final List<CloseReason> closed = new CopyOnWriteArrayList<>();

    public RecordingSocket(Object attachment) {
        this.attachment = attachment;
    }

    /** Each event as an array: its name, its arguments. */
    public List<JsonNode> heard() {
        return heard;
    }

    public List<JsonNode> heard(String event) {
        return heard.stream().filter(each -> each.path(0).asString().equals(event)).toList();
    }

    public List<CloseReason> closed() {
        return closed;
    }

    @Override
    public void send(OutboundEvent frame) {
        heard.add(Json.read(frame.json()));
    }

    @Override
    public void volatileSend(String key, OutboundEvent frame) {
        send(frame);
    }

    @Override
    public void emit(String event, Object... arguments) {
        send(OutboundEvent.event(event, arguments));
    }

    @Override
    public void disconnect(CloseReason reason) {
        closed.add(reason);
    }

    @Override
    public Object attachment() {
        return attachment;
    }

    @Override
    public boolean connected() {
        return closed.isEmpty();
    }

    @Override
    public String id() {
        return "hearing";
    }

    @Override
    public String namespace() {
        return "/";
    }

    @Override
    public Handshake handshake() {
        throw new UnsupportedOperationException("has no connection");
    }

    @Override
    public CompletableFuture<List<JsonNode>> emitWithAck(
            Duration timeout, String event, Object... arguments) {
        throw new UnsupportedOperationException("has no connection");
    }

    @Override
    public void leaveNamespace() {
        throw new UnsupportedOperationException("has no connection");
    }
}

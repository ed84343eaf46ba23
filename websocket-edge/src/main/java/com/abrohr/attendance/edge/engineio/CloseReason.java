package com.abrohr.attendance.edge.engineio;

/**
 * Why a connection ended: a number that clients and operators may rely on (docs/protocol.md lists
 * them all) and a short text. On WebSocket both travel in the close frame; a polling client gets a
 * close packet and finds the number in the answer to its next request.
 *
 * @param code a WebSocket close code: 1000–1011 as RFC 6455 defines them, 4000–4099 this protocol's
 *     own, 4100–4999 the application's
 * @param text at most 120 bytes of UTF-8, never personal data
 */
public record CloseReason(int code, String text) {
    public static final CloseReason CLIENT_CLOSED = new CloseReason(1000, "closed by the client");
    public static final CloseReason SERVER_SHUTDOWN = new CloseReason(1001, "server shutting down");
    public static final CloseReason TRANSPORT_LOST = new CloseReason(1006, "transport lost");
    public static final CloseReason PAYLOAD_TOO_LARGE = new CloseReason(1009, "payload too large");
    public static final CloseReason INTERNAL_ERROR = new CloseReason(1011, "internal error");
    public static final CloseReason PING_TIMEOUT = new CloseReason(4000, "ping timeout");
    public static final CloseReason CONNECT_TIMEOUT =
            new CloseReason(4001, "no namespace joined in time");
    public static final CloseReason INVALID_PACKET = new CloseReason(4002, "invalid packet");
    public static final CloseReason UNKNOWN_SESSION =
            new CloseReason(4003, "unknown or already upgraded session");
    public static final CloseReason OVERLAPPING_POLLS =
            new CloseReason(4004, "overlapping poll requests");
    public static final CloseReason OUTBOUND_OVERFLOW =
            new CloseReason(4005, "client reads too slowly");
    public static final CloseReason INBOUND_OVERFLOW =
            new CloseReason(4006, "no room left for what this client sends");
    public static final CloseReason BINARY_REFUSED = new CloseReason(4007, "binary not accepted");
    public static final CloseReason UPGRADE_TIMEOUT =
            new CloseReason(4008, "upgrade not completed in time");
    public static final CloseReason SERVER_CLOSED = new CloseReason(4009, "closed by the server");

    /**
     * The client left one namespace with a DISCONNECT packet; its connection lives on. Never sent
     * in a close frame.
     */
    public static final CloseReason CLIENT_LEFT_NAMESPACE =
            new CloseReason(4010, "client left the namespace");

    /**
     * The server put the client out of one namespace; its connection lives on. Never sent in a
     * close frame.
     */
    public static final CloseReason SERVER_LEFT_NAMESPACE =
            new CloseReason(4011, "server ended the namespace");

    /**
     * A reason of the application's own.
     *
     * @param code 4100–4999
     * @throws IllegalArgumentException for a code outside that range or a text that does not fit a
     *     close frame
     */
    public static CloseReason application(int code, String text) {
        if (code < 4100 || code > 4999) {
            throw new IllegalArgumentException("application close codes are 4100-4999: " + code);
        }
        if (text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length > 120) {
            throw new IllegalArgumentException("close text longer than 120 bytes");
        }
        return new CloseReason(code, text);
    }
}

package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.command.PayloadReader;
import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.messages.identity.Caller;

import tools.jackson.databind.JsonNode;

import java.util.List;
import java.util.Map;

/** token_refresh: the socket lives on until the new token expires. */
final class TokenRefresh {
    static final String EVENT = "token_refresh";

    /** Documented in docs/protocol.md. */
    static final CloseReason ROLE_CHANGED = CloseReason.application(4101, "role changed");

    private final TokenVerifier tokens;
    private final SessionExpiry expiry;

    TokenRefresh(TokenVerifier tokens, SessionExpiry expiry) {
        this.tokens = tokens;
        this.expiry = expiry;
    }

    /**
     * A token of the same person with another role closes the socket: its rooms are decided at the
     * handshake.
     *
     * @return what the client is answered
     * @throws Refusal INVALID, UNAUTHENTICATED for an invalid token, UNAVAILABLE while it cannot be
     *     checked, FORBIDDEN for somebody else's; the socket then lives on until its old expiry
     */
    Map<String, Object> refresh(ClientSocket socket, List<JsonNode> arguments) {
        String token = PayloadReader.of(arguments, "token").text("token");
        Session session = Session.of(socket);
        Caller now = session.caller();
        Caller renewed;
        try {
            renewed = tokens.verify(token);
        } catch (InvalidTokenException e) {
            throw new Refusal(RefusalCode.UNAUTHENTICATED, "token", "Invalid token");
        }
        if (!renewed.companyId().equals(now.companyId())
                || !renewed.userId().equals(now.userId())
                || !renewed.employeeId().equals(now.employeeId())) {
            throw new Refusal(RefusalCode.FORBIDDEN, "token", "this connection is somebody else's");
        }
        if (renewed.role() != now.role()) {
            socket.disconnect(ROLE_CHANGED);
            throw new Refusal(
                    RefusalCode.FORBIDDEN, "token", "the role has changed: connect again");
        }
        session.renew(renewed);
        expiry.watch(socket, renewed.expiresAt());
        return Map.of("ok", true, "expiresAt", renewed.expiresAt().toString());
    }
}

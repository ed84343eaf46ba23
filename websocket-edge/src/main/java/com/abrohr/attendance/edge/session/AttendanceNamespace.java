package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.FeedSubscriptions;
import com.abrohr.attendance.edge.bridge.LiveDashboard;
import com.abrohr.attendance.edge.bridge.PendingSubscription;
import com.abrohr.attendance.edge.bridge.WireTime;
import com.abrohr.attendance.edge.command.ClientEvents;
import com.abrohr.attendance.edge.command.EventOrigin;
import com.abrohr.attendance.edge.command.EventResult;
import com.abrohr.attendance.edge.command.PayloadReader;
import com.abrohr.attendance.edge.engineio.ClientIdentity;
import com.abrohr.attendance.edge.engineio.CloseReason;
import com.abrohr.attendance.edge.socketio.Ack;
import com.abrohr.attendance.edge.socketio.ClientSocket;
import com.abrohr.attendance.edge.socketio.ConnectRequest;
import com.abrohr.attendance.edge.socketio.ConnectResponse;
import com.abrohr.attendance.edge.socketio.NamespaceHandler;
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
 * The product's namespace: authenticates clients, subscribes them to the feed of their company and
 * handles their events.
 */
final class AttendanceNamespace implements NamespaceHandler {
    private static final Logger log = LoggerFactory.getLogger(AttendanceNamespace.class);
    private static final String TOKEN_REQUIRED = "Authentication token required";
    private static final String INVALID_TOKEN = "Invalid token";
    private static final String DASHBOARD = "request_live_dashboard";

    /** Whether somebody answers, and what time it is there; costs no command and no token. */
    private static final String SERVER_TIME = "server_time";

    private final TokenVerifier tokens;
    private final ClientEvents events;
    private final FeedSubscriptions subscriptions;
    private final LiveDashboard dashboard;
    private final SessionExpiry expiry;
    private final TokenRefresh refresh;
    private final Clock clock;

    AttendanceNamespace(
            TokenVerifier tokens,
            ClientEvents events,
            FeedSubscriptions subscriptions,
            LiveDashboard dashboard,
            SessionExpiry expiry,
            Clock clock) {
        this.tokens = tokens;
        this.events = events;
        this.subscriptions = subscriptions;
        this.dashboard = dashboard;
        this.expiry = expiry;
        this.refresh = new TokenRefresh(tokens, expiry);
        this.clock = clock;
    }

    @Override
    public ConnectResponse connecting(ConnectRequest request) {
        String token = HandshakeToken.of(request);
        if (token == null) {
            return refused(
                    TOKEN_REQUIRED, new Refusal(RefusalCode.UNAUTHENTICATED, TOKEN_REQUIRED));
        }
        try {
            Caller caller = tokens.verify(token);
            if (!request.bind().test(new ClientIdentity(caller.companyId(), caller.userId()))) {
                throw new Refusal(
                        RefusalCode.RATE_LIMITED, "this person has too many connections already");
            }
            PendingSubscription subscription =
                    subscriptions.prepare(caller, request.auth(), request.handshake().query());
            return new ConnectResponse.Accepted(new Session(subscription), subscription.fields());
        } catch (Refusal refusal) {
            return refused(refusal.reason(), refusal);
        } catch (InvalidTokenException e) {
            log.debug("refused at the handshake: {}", e.getMessage());
            return refused(
                    INVALID_TOKEN,
                    e.isExpired()
                            ? new Refusal(RefusalCode.TOKEN_EXPIRED, "the token has expired")
                            : new Refusal(RefusalCode.UNAUTHENTICATED, INVALID_TOKEN));
        }
    }

    /**
     * @param message in the words of the guide, which its clients may compare
     */
    private static ConnectResponse refused(String message, Refusal refusal) {
        return new ConnectResponse.Refused(message, ClientEvents.refusalFields(refusal));
    }

    @Override
    public void joining(ClientSocket socket) {
        Session session = Session.of(socket);
        subscriptions.subscribe(socket, session.takeSubscription());
        expiry.watch(socket, session.caller().expiresAt());
    }

    @Override
    public void received(ClientSocket socket, String event, List<JsonNode> arguments, Ack ack) {
        Session session = Session.of(socket);
        EventOrigin origin =
                new EventOrigin(
                        session.caller(),
                        clock.instant(),
                        UUID.randomUUID().toString(),
                        session::remember);
        try {
            if (event.equals(SERVER_TIME)) {
                PayloadReader.ofOptional(arguments).object();
                ack.send(Map.of("ok", true, "serverTime", WireTime.ofMillis(clock.instant())));
                return;
            }
            if (event.equals(DASHBOARD)) {
                JsonNode request =
                        PayloadReader.ofOptional(arguments, "epoch", "afterSeq").object();
                dashboard.show(socket, origin.caller(), request);
                ack.send(Map.of("ok", true));
                return;
            }
            if (event.equals(TokenRefresh.EVENT)) {
                ack.send(refresh.refresh(socket, arguments));
                return;
            }
            EventResult answer = events.handle(event, origin, arguments);
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
            refuse(socket, ClientEvents.outcomeUnknown(), origin, arguments, ack);
        }
    }

    @Override
    public void disconnected(ClientSocket socket, CloseReason reason) {
        expiry.forget(socket);
        subscriptions.unsubscribe(Session.of(socket).caller());
    }

    private static void refuse(
            ClientSocket socket,
            Refusal refusal,
            EventOrigin origin,
            List<JsonNode> arguments,
            Ack ack) {
        Map<String, Object> error = ClientEvents.error(refusal, arguments, origin);
        socket.emit("error", error);
        ack.send(Map.of("ok", false, "error", error));
    }
}

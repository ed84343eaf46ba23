package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.BridgeConfiguration;
import com.abrohr.attendance.edge.bridge.FeedEntrance;
import com.abrohr.attendance.edge.bridge.LiveDashboard;
import com.abrohr.attendance.edge.command.ClientEvents;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.socketio.Namespace;
import com.abrohr.attendance.edge.socketio.Rooms;
import com.abrohr.attendance.edge.socketio.SocketIoServer;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/**
 * The socket edge: what a node does that listens to sockets. Needs a {@link TokenVerifier} and a
 * {@link Clock}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, LimitSettings.class})
@Import(BridgeConfiguration.class)
public class EdgeConfiguration {

    @Bean(destroyMethod = "close")
    SocketIoServer attendanceSocketServer(
            EdgeSettings settings,
            LimitSettings limits,
            AllowedOrigins allowedOrigins,
            TokenVerifier tokens,
            CommandGateway commands,
            FeedEntrance entrance,
            LiveDashboard dashboard,
            Rooms rooms,
            Clock clock,
            @Qualifier(BridgeConfiguration.TIMER) ScheduledExecutorService timer) {
        AttendanceNamespace namespace =
                new AttendanceNamespace(
                        tokens,
                        new ClientEvents(commands),
                        entrance,
                        dashboard,
                        new SessionExpiry(clock, timer),
                        clock);
        EngineIoSettings transport =
                EngineIoSettings.defaults()
                        .withHeartbeat(settings.pingInterval(), settings.pingTimeout())
                        .withAllowedOrigins(allowedOrigins.origins())
                        .withNode(settings.node())
                        .withLimits(limits.toEngine());
        return new SocketIoServer(transport, List.of(Namespace.of("/", namespace, rooms)));
    }
}

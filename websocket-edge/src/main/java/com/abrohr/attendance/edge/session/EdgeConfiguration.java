package com.abrohr.attendance.edge.session;

import com.abrohr.attendance.edge.bridge.BridgeConfiguration;
import com.abrohr.attendance.edge.bridge.FeedSubscriptions;
import com.abrohr.attendance.edge.bridge.LiveDashboard;
import com.abrohr.attendance.edge.command.ClientEvents;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.engineio.EngineLimits;
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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;

/** The socket edge of a node. Needs a {@link TokenVerifier} and a {@link Clock}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({EdgeSettings.class, EngineLimits.class})
@Import(BridgeConfiguration.class)
public class EdgeConfiguration {
    private static final int MAX_PAYLOAD = 65_536;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration UPGRADE_TIMEOUT = Duration.ofSeconds(10);

    @Bean(destroyMethod = "close")
    SocketIoServer attendanceSocketServer(
            EdgeSettings settings,
            EngineLimits limits,
            AllowedOrigins allowedOrigins,
            TokenVerifier tokens,
            CommandGateway commands,
            FeedSubscriptions subscriptions,
            LiveDashboard dashboard,
            Rooms rooms,
            Clock clock,
            @Qualifier(BridgeConfiguration.TIMER) ScheduledExecutorService timer) {
        AttendanceNamespace namespace =
                new AttendanceNamespace(
                        tokens,
                        new ClientEvents(commands),
                        subscriptions,
                        dashboard,
                        new SessionExpiry(clock, timer),
                        clock);
        EngineIoSettings transport =
                new EngineIoSettings(
                        EngineIoSettings.PATH,
                        settings.pingInterval(),
                        settings.pingTimeout(),
                        MAX_PAYLOAD,
                        CONNECT_TIMEOUT,
                        UPGRADE_TIMEOUT,
                        allowedOrigins.origins(),
                        limits,
                        settings.node());
        return new SocketIoServer(transport, List.of(Namespace.of("/", namespace, rooms)));
    }
}

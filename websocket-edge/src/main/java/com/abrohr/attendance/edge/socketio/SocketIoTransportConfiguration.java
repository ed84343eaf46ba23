package com.abrohr.attendance.edge.socketio;

import com.abrohr.attendance.edge.engineio.EngineIoHandlerMapping;
import com.abrohr.attendance.edge.engineio.TomcatSocketTuning;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.util.List;

/**
 * Mounts every {@link SocketIoServer} bean, tunes Tomcat for many idle sockets, and closes them
 * before the web server.
 */
@Configuration(proxyBeanMethods = false)
public class SocketIoTransportConfiguration {
    @Bean
    EngineIoHandlerMapping engineIoHandlerMapping(ObjectProvider<SocketIoServer> servers) {
        return new EngineIoHandlerMapping(
                servers.orderedStream().map(SocketIoServer::engine).toList());
    }

    @Bean
    static TomcatSocketTuning tomcatSocketTuning() {
        return new TomcatSocketTuning();
    }

    @Bean
    SmartLifecycle socketIoShutdown(ObjectProvider<SocketIoServer> servers) {
        return new Shutdown(servers.orderedStream().toList());
    }

    /**
     * Stops in the last phase's turn, which comes first: while the web server still takes the
     * clients' goodbyes.
     */
    private static final class Shutdown implements SmartLifecycle {
        private final List<SocketIoServer> servers;
        private volatile boolean running;

        Shutdown(List<SocketIoServer> servers) {
            this.servers = servers;
        }

        @Override
        public void start() {
            running = true;
        }

        @Override
        public void stop() {
            servers.forEach(SocketIoServer::close);
            running = false;
        }

        @Override
        public boolean isRunning() {
            return running;
        }
    }
}

package com.abrohr.attendance.edge.engineio;

import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;

/**
 * Makes an idle WebSocket cheap on Tomcat: its buffers are sized for short messages, and longer
 * ones pass through them in parts. A system property or connector property that was set before
 * wins.
 */
public final class TomcatSocketTuning
        implements WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> {
    /** Read once by Tomcat, when its first WebSocket class is loaded. */
    private static final String FRAME_BUFFER = "org.apache.tomcat.websocket.DEFAULT_BUFFER_SIZE";

    private static final String FRAME_BUFFER_BYTES = "256";

    /** A punch is read at once. */
    private static final String SOCKET_BUFFER_BYTES = "512";

    @Override
    public void customize(ConfigurableTomcatWebServerFactory factory) {
        if (System.getProperty(FRAME_BUFFER) == null) {
            System.setProperty(FRAME_BUFFER, FRAME_BUFFER_BYTES);
        }
        factory.addConnectorCustomizers(
                connector -> {
                    connector.setProperty("socket.appReadBufSize", SOCKET_BUFFER_BYTES);
                    connector.setProperty("socket.appWriteBufSize", SOCKET_BUFFER_BYTES);
                });
    }
}

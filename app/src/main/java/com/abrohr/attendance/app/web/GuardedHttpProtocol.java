package com.abrohr.attendance.app.web;

import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;

/**
 * Tomcat's HTTP/1.1 with a bound of requests at once. Tomcat itself bounds connections, and keeps 9
 * KB for the headers of each that has begun a request. Public because Tomcat creates it.
 */
public final class GuardedHttpProtocol extends Http11NioProtocol {
    private final RequestGuard guard;

    public GuardedHttpProtocol() {
        super(new NioEndpoint());
        guard = new RequestGuard(getHandler());
        ((NioEndpoint) getEndpoint()).setHandler(guard);
    }

    /**
     * @param headersAtOnce requests whose headers are read at once
     */
    void limit(RequestLimits limits, int headersAtOnce) {
        guard.limit(limits, headersAtOnce);
    }

    RequestGuard guard() {
        return guard;
    }

    @Override
    public void start() throws Exception {
        super.start();
        guard.start();
    }

    @Override
    public void destroy() throws Exception {
        guard.stop();
        super.destroy();
    }
}

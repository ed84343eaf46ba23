package com.abrohr.attendance.app.web;

import com.abrohr.attendance.edge.engineio.ConcurrencyLimiter;
import com.abrohr.attendance.edge.engineio.EngineIoSettings;
import com.abrohr.attendance.edge.engineio.EngineLimits;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import tools.jackson.databind.json.JsonMapper;

import java.util.List;

/** Filters, limits and error responses of HTTP. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RequestLimits.class, EngineLimits.class})
@Import({ProblemAdvice.class, ProblemErrorController.class, OpenApiController.class})
public class WebConfiguration {
    @Bean
    ProblemWriter problemWriter(JsonMapper json) {
        return new ProblemWriter(json);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> guardedRequests(
            RequestLimits limits, EngineLimits sockets) {
        return server -> {
            server.setProtocol(GuardedHttpProtocol.class.getName());
            server.addConnectorCustomizers(
                    connector -> {
                        if (connector.getProtocolHandler() instanceof GuardedHttpProtocol http) {
                            http.limit(limits, sockets.unauthenticatedAtOnce());
                        }
                    });
        };
    }

    /** Redirects to the page of the API documentation. */
    @Bean
    WebMvcConfigurer apiDocsRedirects() {
        return new WebMvcConfigurer() {
            @Override
            public void addViewControllers(ViewControllerRegistry registry) {
                for (String address : List.of("/api/v1/docs", "/api/v1/docs/")) {
                    registry.addRedirectViewController(address, "/api/v1/docs/index.html");
                }
            }
        };
    }

    @Bean
    FilterRegistrationBean<CorrelationIdFilter> correlationIdFilter() {
        var registration = new FilterRegistrationBean<>(new CorrelationIdFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Ends the limit on reading headers; requests of sockets keep it until they may block. */
    @Bean
    FilterRegistrationBean<Filter> permitReleaseFilter() {
        var registration =
                new FilterRegistrationBean<Filter>(
                        (request, response, chain) -> {
                            if (!(request instanceof HttpServletRequest http)
                                    || !http.getRequestURI().startsWith(EngineIoSettings.PATH)) {
                                ConcurrencyLimiter.releaseCurrent();
                            }
                            try {
                                chain.doFilter(request, response);
                            } finally {
                                // The container may wait for the rest of a body.
                                ConcurrencyLimiter.releaseCurrent();
                            }
                        });
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    @Bean
    FilterRegistrationBean<WellFormedRequestFilter> wellFormedRequestFilter(
            ProblemWriter problems) {
        var registration = new FilterRegistrationBean<>(new WellFormedRequestFilter(problems));
        // After the two that every response passes.
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 2);
        return registration;
    }

    @Bean
    FilterRegistrationBean<BodyLimitFilter> bodyLimitFilter(ProblemWriter problems) {
        // After security, so that the body of an unauthenticated request is not read.
        var registration = new FilterRegistrationBean<>(new BodyLimitFilter(problems));
        registration.setOrder(Ordered.LOWEST_PRECEDENCE);
        return registration;
    }
}

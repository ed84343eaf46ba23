package com.abrohr.attendance.app.security;

import static org.springframework.security.config.Customizer.withDefaults;

import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.web.CorrelationIdFilter;
import com.abrohr.attendance.app.web.ProblemWriter;
import com.abrohr.attendance.edge.session.AllowedOrigins;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.DispatcherType;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authentication.AuthenticationServiceException;
import org.springframework.security.config.ObjectPostProcessor;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Stateless: a bearer token on /api, nothing secret elsewhere; sockets authenticate themselves. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {
    /** Public routes under /api: the demo's sign-in and the documentation. */
    private static final RequestMatcher OPEN_API =
            new OrRequestMatcher(
                    Stream.of(
                                    "/api/v1/demo/**",
                                    "/api/v1/docs",
                                    "/api/v1/docs/**",
                                    "/api/v1/openapi.yaml",
                                    "/api/v1/openapi.json")
                            .<RequestMatcher>map(PathPatternRequestMatcher.withDefaults()::matcher)
                            .toList());

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, ProblemWriter problems, CorsConfigurationSource restCorsSource)
            throws Exception {
        AuthenticationEntryPoint entryPoint =
                (request, response, e) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    problems.write(
                            request,
                            response,
                            RefusalCode.UNAUTHENTICATED,
                            "A valid bearer token is needed");
                };
        AccessDeniedHandler accessDenied =
                (request, response, e) ->
                        problems.write(
                                request,
                                response,
                                RefusalCode.FORBIDDEN,
                                "Your role may not do this");
        return http.csrf(AbstractHttpConfigurer::disable)
                .formLogin(AbstractHttpConfigurer::disable)
                .httpBasic(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .cors(cors -> cors.configurationSource(restCorsSource))
                .headers(headers -> headers.defaultsDisabled().cacheControl(withDefaults()))
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(
                                                DispatcherType.ERROR,
                                                DispatcherType.ASYNC,
                                                DispatcherType.FORWARD)
                                        .permitAll()
                                        .requestMatchers(OPEN_API)
                                        .permitAll()
                                        .requestMatchers("/api", "/api/**")
                                        .authenticated()
                                        .requestMatchers("/actuator/health", "/actuator/health/**")
                                        .permitAll()
                                        .requestMatchers("/actuator", "/actuator/**")
                                        .denyAll()
                                        .anyRequest()
                                        .permitAll())
                .exceptionHandling(
                        e ->
                                e.authenticationEntryPoint(entryPoint)
                                        .accessDeniedHandler(accessDenied))
                .oauth2ResourceServer(
                        server ->
                                server.withObjectPostProcessor(
                                                unavailableWhenUnchecked(entryPoint, problems))
                                        .bearerTokenResolver(bearerTokenResolver())
                                        .authenticationEntryPoint(entryPoint)
                                        .accessDeniedHandler(accessDenied)
                                        .jwt(
                                                jwt ->
                                                        jwt.jwtAuthenticationConverter(
                                                                CallerAuthentication::of)))
                .build();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> connectorErrorReports(
            ProblemWriter problems) {
        return server ->
                server.addContextCustomizers(
                        context -> {
                            if (context.getParent() instanceof StandardHost host) {
                                host.getPipeline().addValve(new ProblemReportValve(problems));
                                host.setErrorReportValveClass(ProblemReportValve.class.getName());
                            }
                        });
    }

    @Bean
    FilterRegistrationBean<SecurityHeadersFilter> securityHeadersFilter() {
        var registration = new FilterRegistrationBean<>(new SecurityHeadersFilter());
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + 1);
        return registration;
    }

    /** CORS of REST; {@code edge.engineio} answers that of the sockets. */
    @Bean
    CorsConfigurationSource restCorsSource(AttendanceSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.security().allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "HEAD", "POST"));
        cors.setAllowedHeaders(
                List.of(
                        HttpHeaders.AUTHORIZATION,
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.IF_NONE_MATCH,
                        "Idempotency-Key",
                        "X-Read-After",
                        CorrelationIdFilter.HEADER));
        cors.setExposedHeaders(
                List.of(
                        HttpHeaders.ETAG,
                        HttpHeaders.RETRY_AFTER,
                        "X-Position",
                        CorrelationIdFilter.HEADER));
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/api/**", cors);
        return source;
    }

    @Bean
    AllowedOrigins allowedOrigins(AttendanceSettings settings) {
        return new AllowedOrigins(Set.copyOf(settings.security().allowedOrigins()));
    }

    /** Spring would answer 500 for a token that cannot be checked. */
    private static ObjectPostProcessor<BearerTokenAuthenticationFilter> unavailableWhenUnchecked(
            AuthenticationEntryPoint entryPoint, ProblemWriter problems) {
        return new ObjectPostProcessor<>() {
            @Override
            public <O extends BearerTokenAuthenticationFilter> O postProcess(O filter) {
                filter.setAuthenticationFailureHandler(
                        (request, response, failure) -> {
                            if (failure instanceof AuthenticationServiceException) {
                                problems.write(
                                        request,
                                        response,
                                        RefusalCode.UNAVAILABLE,
                                        JwtTokenVerifier.UNCHECKED);
                            } else {
                                entryPoint.commence(request, response, failure);
                            }
                        });
                return filter;
            }
        };
    }

    /** On public routes tokens are ignored, so that an invalid one does no harm. */
    private static BearerTokenResolver bearerTokenResolver() {
        BearerTokenResolver resolver = new DefaultBearerTokenResolver();
        return request ->
                OPEN_API.matches(request) || !request.getRequestURI().startsWith("/api/")
                        ? null
                        : resolver.resolve(request);
    }
}

package com.abrohr.attendance.app.security;

import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.web.CorrelationIdFilter;
import com.abrohr.attendance.app.web.ProblemWriter;
import com.abrohr.attendance.edge.session.AllowedOrigins;
import com.abrohr.attendance.messages.RefusalCode;

import jakarta.servlet.DispatcherType;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.util.matcher.AnyRequestMatcher;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsConfigurationSource;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Stateless: a bearer token on /api, nothing secret elsewhere; sockets authenticate themselves. */
@Configuration(proxyBeanMethods = false)
public class SecurityConfiguration {

    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'self'; connect-src 'self' ws: wss:; img-src 'self' data:;"
                    + " style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
                    + " form-action 'self'";

    @Bean
    SecurityFilterChain securityFilterChain(
            HttpSecurity http, ProblemWriter problems, CorsConfigurationSource restCorsSource)
            throws Exception {
        AuthenticationEntryPoint whoAreYou =
                (request, response, e) -> {
                    response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
                    problems.write(
                            request,
                            response,
                            RefusalCode.UNAUTHENTICATED,
                            "A valid bearer token is needed");
                };
        AccessDeniedHandler notForYou =
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
                .headers(SecurityConfiguration::headers)
                .authorizeHttpRequests(
                        requests ->
                                requests.dispatcherTypeMatchers(
                                                DispatcherType.ERROR,
                                                DispatcherType.ASYNC,
                                                DispatcherType.FORWARD)
                                        .permitAll()
                                        .requestMatchers("/api/v1/demo/**")
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
                        e -> e.authenticationEntryPoint(whoAreYou).accessDeniedHandler(notForYou))
                .oauth2ResourceServer(
                        server ->
                                server.bearerTokenResolver(onlyUnderApi())
                                        .authenticationEntryPoint(whoAreYou)
                                        .accessDeniedHandler(notForYou)
                                        .jwt(
                                                jwt ->
                                                        jwt.jwtAuthenticationConverter(
                                                                CallerAuthentication::of)))
                .build();
    }

    /** The sockets' own layers answer CORS for their path; this is REST's. */
    @Bean
    CorsConfigurationSource restCorsSource(AttendanceSettings settings) {
        CorsConfiguration cors = new CorsConfiguration();
        cors.setAllowedOrigins(settings.security().allowedOrigins());
        cors.setAllowedMethods(List.of("GET", "POST"));
        cors.setAllowedHeaders(
                List.of(
                        HttpHeaders.AUTHORIZATION,
                        HttpHeaders.CONTENT_TYPE,
                        HttpHeaders.IF_NONE_MATCH,
                        "Idempotency-Key",
                        "X-Read-After",
                        CorrelationIdFilter.HEADER));
        cors.setExposedHeaders(List.of(HttpHeaders.ETAG, CorrelationIdFilter.HEADER));
        cors.setMaxAge(Duration.ofHours(1));
        UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
        source.registerCorsConfiguration("/api/**", cors);
        return source;
    }

    @Bean
    AllowedOrigins allowedOrigins(AttendanceSettings settings) {
        return new AllowedOrigins(Set.copyOf(settings.security().allowedOrigins()));
    }

    private static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_SECURITY_POLICY))
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER))
                // Behind a proxy that ends TLS a request looks plain; browsers ignore the header
                // where it does not apply.
                .httpStrictTransportSecurity(
                        hsts -> hsts.requestMatcher(AnyRequestMatcher.INSTANCE));
    }

    private static BearerTokenResolver onlyUnderApi() {
        BearerTokenResolver resolver = new DefaultBearerTokenResolver();
        return request ->
                request.getRequestURI().startsWith("/api/v1/demo/")
                                || !request.getRequestURI().startsWith("/api/")
                        ? null
                        : resolver.resolve(request);
    }
}

package com.abrohr.attendance.query.read;

import com.abrohr.attendance.messages.Page;
import com.abrohr.attendance.messages.identity.Caller;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.ClassUtils;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

import java.util.Set;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A list over REST, of the company that the token names: GET, answered with a {@link Page}.
 *
 * @param path below {@code /api/v1}
 * @param filters names of the query parameters; limit and cursor are added to them
 * @param query makes of the caller and the parameters a query for the query bus
 */
public record ListRoute(
        String path, Set<String> filters, BiFunction<Caller, ReadFilters, Object> query) {
    public ListRoute {
        filters =
                Stream.concat(filters.stream(), Stream.of("limit", "cursor"))
                        .collect(Collectors.toUnmodifiableSet());
    }

    /** Maps the route, as that of an annotated controller would be. */
    public void register(RequestMappingHandlerMapping mapping, ReadGate gate) {
        mapping.registerMapping(
                RequestMappingInfo.paths("/api/v1" + path)
                        .methods(RequestMethod.GET)
                        .produces(MediaType.APPLICATION_JSON_VALUE)
                        .options(mapping.getBuilderConfiguration())
                        .build(),
                new Handler(this, gate),
                ClassUtils.getMethod(
                        Handler.class, "list", HttpServletRequest.class, Caller.class));
    }

    record Handler(ListRoute route, ReadGate gate) {
        public ResponseEntity<Page<Object>> list(
                HttpServletRequest request, @AuthenticationPrincipal Caller caller) {
            ReadFilters filters = ReadFilters.of(caller, request, route.filters());
            return gate.page(request, caller, route.query().apply(caller, filters));
        }
    }
}

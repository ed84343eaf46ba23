package com.abrohr.attendance.edge.session;

import java.util.Set;

/**
 * Origins of other sites whose pages may open sockets, as the application has checked them; the
 * same as over REST.
 */
public record AllowedOrigins(Set<String> origins) {
    public AllowedOrigins {
        origins = Set.copyOf(origins);
    }
}

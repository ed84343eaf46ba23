package com.abrohr.attendance.app.health;

import com.abrohr.attendance.command.eventstore.EventLogHealth;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Gives what the rooms say of their health to the readiness probe. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {
    @Bean
    HealthIndicator eventLogHealthIndicator(EventLogHealth log) {
        return () -> {
            EventLogHealth.State state = log.state();
            Health.Builder health = state.ready() ? Health.up() : Health.down();
            return health.withDetail("problems", state.problems()).build();
        };
    }
}

package com.abrohr.attendance.app;

import com.abrohr.attendance.app.database.DatabaseConfiguration;
import com.abrohr.attendance.app.demo.DemoConfiguration;
import com.abrohr.attendance.app.health.HealthConfiguration;
import com.abrohr.attendance.app.security.SecurityConfiguration;
import com.abrohr.attendance.app.security.TokenConfiguration;
import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.web.WebConfiguration;
import com.abrohr.attendance.command.CommandSideConfiguration;
import com.abrohr.attendance.command.eventstore.EventLogConfiguration;
import com.abrohr.attendance.query.QuerySideConfiguration;

import org.axonframework.springboot.autoconfig.XStreamAutoConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.security.autoconfigure.UserDetailsServiceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

import java.time.Clock;

/** One process; {@code attendance.roles} chooses what it listens to. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration(
        exclude = {
            FlywayAutoConfiguration.class,
            UserDetailsServiceAutoConfiguration.class,
            XStreamAutoConfiguration.class
        })
@EnableConfigurationProperties(AttendanceSettings.class)
@Import({
    DatabaseConfiguration.class,
    EventLogConfiguration.class,
    CommandSideConfiguration.class,
    QuerySideConfiguration.class,
    RoleImports.class,
    TokenConfiguration.class,
    SecurityConfiguration.class,
    WebConfiguration.class,
    HealthConfiguration.class,
    LiveFeedWiring.class,
    LostClaimLogFilter.class,
    DemoConfiguration.class,
    GcAfterStartup.class,
    StartupMessage.class
})
public class AttendanceApplication {
    private static final int START_FAILED = 1;

    public static void main(String[] args) {
        FatalErrorHandler.install();
        try {
            SpringApplication.run(AttendanceApplication.class, args);
        } catch (SpringApplication.AbandonedRunException e) {
            throw e;
        } catch (RuntimeException alreadyReported) {
            // Threads of the incomplete application would keep the process alive.
            System.exit(START_FAILED);
        }
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}

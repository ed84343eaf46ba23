package com.abrohr.attendance.app.demo;

import com.abrohr.attendance.app.database.DataDirectory;
import com.abrohr.attendance.app.security.SharedKey;
import com.abrohr.attendance.app.settings.AttendanceSettings;

import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import java.time.Clock;

/** Exists in demo mode only. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnBooleanProperty("attendance.demo")
@Import(DemoController.class)
public class DemoConfiguration {
    @Bean
    DemoCompany demoCompany() {
        return DemoCompany.load();
    }

    @Bean
    DemoTokens demoTokens(SharedKey key, AttendanceSettings settings, Clock clock) {
        return new DemoTokens(key.key().orElseThrow(), settings.security().jwt(), clock);
    }

    @Bean
    DemoSignIns demoSignIns(DataDirectory directory) {
        return new DemoSignIns(directory.create().resolve("demo-sign-ins"));
    }

    @Bean
    DemoCommands demoCommands(CommandGateway gateway, Clock clock) {
        return new DemoCommands(gateway, clock);
    }

    @Bean
    DemoLoader demoLoader(DemoCompany company, DemoCommands commands) {
        return new DemoLoader(company, commands);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "attendance.demo-script", matchIfMissing = true)
    DemoScript demoScript(
            DemoCompany company, DemoCommands commands, DemoSignIns signIns, Clock clock) {
        return new DemoScript(company, commands, signIns, clock);
    }
}

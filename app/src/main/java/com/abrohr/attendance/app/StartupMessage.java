package com.abrohr.attendance.app;

import com.abrohr.attendance.app.demo.DemoCompany;
import com.abrohr.attendance.app.settings.AttendanceSettings;
import com.abrohr.attendance.app.settings.NodeRole;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

import java.util.Locale;
import java.util.stream.Collectors;

/** Logs, once the node is ready, its address and in demo mode who can sign in. */
final class StartupMessage implements ApplicationListener<ApplicationReadyEvent> {
    private static final Logger log = LoggerFactory.getLogger("Attendance");

    private final AttendanceSettings settings;

    StartupMessage(AttendanceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        String port =
                event.getApplicationContext().getEnvironment().getProperty("local.server.port");
        var took = event.getTimeTaken();
        log.info(
                "Ready after {} s, roles {}",
                took == null ? "?" : String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                settings.roles().stream()
                        .map(r -> r.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        if (settings.roles().contains(NodeRole.EDGE)) {
            log.info("Open http://localhost:{}/", port);
        } else {
            log.info("REST at http://localhost:{}/api/v1", port);
        }
        if (settings.demo()) {
            DemoCompany company = DemoCompany.load();
            log.info(
                    "Demo company {}: sign in as manager {}, HR {} or employee {}",
                    DemoCompany.NAME,
                    company.first(com.abrohr.attendance.messages.identity.Role.MANAGER),
                    company.first(com.abrohr.attendance.messages.identity.Role.HR),
                    company.first(com.abrohr.attendance.messages.identity.Role.EMPLOYEE));
        }
    }
}

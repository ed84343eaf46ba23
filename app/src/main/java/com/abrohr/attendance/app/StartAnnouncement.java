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

/** The last words of a start: where to go, and in demo mode as whom. */
final class StartAnnouncement implements ApplicationListener<ApplicationReadyEvent> {

    private static final Logger LOG = LoggerFactory.getLogger("Attendance");

    private final AttendanceSettings settings;

    StartAnnouncement(AttendanceSettings settings) {
        this.settings = settings;
    }

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        String port =
                event.getApplicationContext().getEnvironment().getProperty("local.server.port");
        var took = event.getTimeTaken();
        LOG.info(
                "Ready after {} s, roles {}",
                took == null ? "?" : String.format(Locale.ROOT, "%.1f", took.toMillis() / 1000.0),
                settings.roles().stream()
                        .map(r -> r.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
        if (settings.roles().contains(NodeRole.EDGE)) {
            LOG.info("Open http://localhost:{}/", port);
        } else {
            LOG.info("REST at http://localhost:{}/api/v1", port);
        }
        if (settings.demo()) {
            DemoCompany company = DemoCompany.load();
            LOG.info(
                    "Demo company {}: sign in as manager {}, HR {} or employee {}",
                    DemoCompany.NAME,
                    company.first(com.abrohr.attendance.messages.identity.Role.MANAGER),
                    company.first(com.abrohr.attendance.messages.identity.Role.HR),
                    company.first(com.abrohr.attendance.messages.identity.Role.EMPLOYEE));
        }
    }
}

package com.abrohr.attendance.app;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Runs one full garbage collection when the application is ready: a start needs twice the memory of
 * serving, and without it the heap would stay as large.
 */
final class GcAfterStartup implements ApplicationListener<ApplicationReadyEvent> {
    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        System.gc();
    }
}

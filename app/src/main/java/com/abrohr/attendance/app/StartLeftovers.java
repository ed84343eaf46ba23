package com.abrohr.attendance.app;

import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * A start needs twice the memory that serving does, and without a full collection the heap would
 * keep it for good. One is cheap before the first request is taken.
 */
final class StartLeftovers implements ApplicationListener<ApplicationReadyEvent> {

    @Override
    public void onApplicationEvent(ApplicationReadyEvent event) {
        System.gc();
    }
}

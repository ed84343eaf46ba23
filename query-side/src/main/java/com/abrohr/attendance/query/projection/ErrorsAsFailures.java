package com.abrohr.attendance.query.projection;

import org.axonframework.eventhandling.ErrorContext;
import org.axonframework.eventhandling.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Propagates whatever failed as an exception, because Axon's workers retry after those only: after
 * an {@code Error} a segment would stay claimed by a worker that is never scheduled again.
 */
enum ErrorsAsFailures implements ErrorHandler {
    INSTANCE;

    private static final Logger log = LoggerFactory.getLogger(ErrorsAsFailures.class);

    @Override
    public void handleError(ErrorContext context) throws Exception {
        if (context.error() instanceof Exception exception) {
            throw exception;
        }
        log.error("{} events cannot be projected", context.failedEvents().size(), context.error());
        throw FailureClassifier.unchecked(context.error());
    }
}

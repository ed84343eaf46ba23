package com.abrohr.attendance.app;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;

import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.InitializingBean;

/**
 * Logs one line instead of Axon's stack trace when another node has taken over the claim of this
 * node, which is expected after the process was frozen. Everything else is logged unchanged.
 */
final class LostClaimLogFilter extends TurboFilter implements InitializingBean, DisposableBean {
    private static final String AXONS_PROCESSORS = "org.axonframework.eventhandling.";

    /** Not earlier: the logging system forgets filters when it is set up. */
    @Override
    public void afterPropertiesSet() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.addTurboFilter(this);
        }
    }

    @Override
    public void destroy() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            context.getTurboFilterList().remove(this);
        }
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] arguments,
            @Nullable Throwable failure) {
        if (level != Level.WARN || !logger.getName().startsWith(AXONS_PROCESSORS)) {
            return FilterReply.NEUTRAL;
        }
        Throwable cause = lostClaim(failure == null ? lastOf(arguments) : failure);
        if (cause == null) {
            return FilterReply.NEUTRAL;
        }
        logger.warn("A claim was lost to another node: {}", cause.getMessage());
        return FilterReply.DENY;
    }

    private static @Nullable Throwable lastOf(Object @Nullable [] arguments) {
        return arguments != null
                        && arguments.length > 0
                        && arguments[arguments.length - 1] instanceof Throwable failure
                ? failure
                : null;
    }

    private static @Nullable Throwable lostClaim(@Nullable Throwable failure) {
        Throwable each = failure;
        while (each != null && !(each instanceof UnableToClaimTokenException)) {
            each = each.getCause();
        }
        return each;
    }
}

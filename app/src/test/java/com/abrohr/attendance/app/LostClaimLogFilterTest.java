package com.abrohr.attendance.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;

import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletionException;

class LostClaimLogFilterTest {

    private static final UnableToClaimTokenException LOST =
            new UnableToClaimTokenException("it is claimed by another process");

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
    private final Logger worker =
            context.getLogger("org.axonframework.eventhandling.pooled.WorkPackage");

    @BeforeEach
    void listen() {
        context.addTurboFilter(new LostClaimLogFilter());
        logged.start();
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(logged);
    }

    @Test
    void aClaimLostToAnotherNodeIsOneLineWithoutAStack() {
        worker.warn("Error in Work Package [{}]-[{}]. Aborting...", "live-board", 0, LOST);
        worker.warn("Error in the coordinator", new CompletionException(LOST));

        assertThat(logged.list)
                .hasSize(2)
                .allSatisfy(
                        event -> {
                            assertThat(event.getLevel()).isEqualTo(Level.WARN);
                            assertThat(event.getThrowableProxy()).isNull();
                            assertThat(event.getFormattedMessage())
                                    .isEqualTo(
                                            "A claim was lost to another node: it is claimed by"
                                                    + " another process");
                        });
    }

    @Test
    void otherFailuresAreLoggedAsTheyCome() {
        var failure = new IllegalStateException("no database", new RuntimeException("why"));
        worker.warn("Error in Work Package [{}]-[{}]. Aborting...", "live-board", 0, failure);
        worker.warn("No stream");
        worker.error("An error", LOST);
        context.getLogger("com.abrohr.attendance").warn("Not Axon's", LOST);

        assertThat(logged.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "Error in Work Package [live-board]-[0]. Aborting...",
                        "No stream",
                        "An error",
                        "Not Axon's");
        assertThat(logged.list).filteredOn(event -> event.getThrowableProxy() != null).hasSize(3);
    }
}

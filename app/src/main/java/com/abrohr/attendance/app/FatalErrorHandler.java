package com.abrohr.attendance.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.IntConsumer;

/**
 * Ends the process after an {@link Error} that no thread has handled: what depended on that thread
 * would hang while the node looks healthy. The supervisor starts the process again, and nothing
 * that was confirmed is lost.
 */
final class FatalErrorHandler implements Thread.UncaughtExceptionHandler {
    /** Internal software error, as sysexits.h has it. */
    static final int EXIT_CODE = 70;

    private static final Logger log = LoggerFactory.getLogger(FatalErrorHandler.class);

    private final IntConsumer halt;

    /**
     * @param halt ends the process with an exit code, without shutdown hooks, which may hang
     */
    FatalErrorHandler(IntConsumer halt) {
        this.halt = halt;
    }

    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(
                new FatalErrorHandler(code -> Runtime.getRuntime().halt(code)));
    }

    @Override
    public void uncaughtException(Thread thread, Throwable failure) {
        if (!(failure instanceof Error)) {
            log.error("thread {} ended", thread.getName(), failure);
            return;
        }
        try {
            log.error("thread {} ended, and with it this process", thread.getName(), failure);
        } finally {
            halt.accept(EXIT_CODE);
        }
    }
}

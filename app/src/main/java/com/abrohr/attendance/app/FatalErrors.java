package com.abrohr.attendance.app;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.IntConsumer;

/**
 * An {@link Error} that no thread has handled ends the process: what depended on that thread would
 * be silent for ever, while everything looks well. Whoever started the process starts it again, and
 * nothing that was confirmed is lost by that.
 */
final class FatalErrors implements Thread.UncaughtExceptionHandler {

    /** Internal software error, as sysexits.h has it. */
    static final int EXIT_CODE = 70;

    private static final Logger log = LoggerFactory.getLogger(FatalErrors.class);

    private final IntConsumer halt;

    /**
     * @param halt ends the process with an exit code, without shutdown hooks, which may hang
     */
    FatalErrors(IntConsumer halt) {
        this.halt = halt;
    }

    static void endTheProcess() {
        Thread.setDefaultUncaughtExceptionHandler(
                new FatalErrors(code -> Runtime.getRuntime().halt(code)));
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

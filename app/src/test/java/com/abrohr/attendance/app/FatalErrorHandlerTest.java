package com.abrohr.attendance.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class FatalErrorHandlerTest {

    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrorHandler handler = new FatalErrorHandler(exits::add);

    @Test
    void anErrorThatEndsAThreadEndsTheProcess() throws InterruptedException {
        Thread thread =
                Thread.ofVirtual()
                        .uncaughtExceptionHandler(handler)
                        .start(
                                () -> {
                                    throw new StackOverflowError();
                                });

        thread.join();

        assertThat(exits).containsExactly(FatalErrorHandler.EXIT_CODE);
    }

    @Test
    void anExceptionThatEndsAThreadIsLoggedOnly() throws InterruptedException {
        Thread thread =
                Thread.ofPlatform()
                        .uncaughtExceptionHandler(handler)
                        .start(
                                () -> {
                                    throw new IllegalStateException("a bug");
                                });

        thread.join();

        assertThat(exits).isEmpty();
    }
}

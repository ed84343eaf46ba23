package com.abrohr.attendance.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class FatalErrorsTest {

    private final List<Integer> exits = new ArrayList<>();
    private final FatalErrors handler = new FatalErrors(exits::add);

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

        assertThat(exits).containsExactly(FatalErrors.EXIT_CODE);
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

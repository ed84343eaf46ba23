package com.abrohr.attendance.edge.engineio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;

class SerialExecutorTest {

    private final Queue<Runnable> dispatched = new ConcurrentLinkedQueue<>();
    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private final SerialExecutor serial =
            new SerialExecutor(
                    dispatched::add,
                    failure -> {
                        failures.add(failure);
                        ran.add("failed");
                    });

    @Test
    void aTaskThatFailsStopsNoneAfterItAndIsReportedBeforeTheNext() {
        var error = new OutOfMemoryError();
        serial.execute(
                () -> {
                    throw error;
                });
        serial.execute(() -> ran.add("next"));
        dispatched.remove().run();
        serial.execute(() -> ran.add("later"));
        dispatched.remove().run();

        assertThat(ran).containsExactly("failed", "next", "later");
        assertThat(failures).containsExactly(error);
    }

    @Test
    void anErrorOnTheCallersThreadIsNotThrownAtTheCaller() {
        serial.executeInline(
                () -> {
                    throw new StackOverflowError();
                });
        serial.executeInline(() -> ran.add("next"));

        assertThat(ran).containsExactly("failed", "next");
        assertThat(failures).hasSize(1);
        assertThat(dispatched).isEmpty();
    }

    @Test
    void aReportThatFailsStopsNobodyEither() {
        var fragile =
                new SerialExecutor(
                        Runnable::run,
                        failure -> {
                            throw new OutOfMemoryError();
                        });
        var failure = new IllegalStateException();
        fragile.execute(
                () -> {
                    throw failure;
                });
        fragile.execute(() -> ran.add("next"));

        assertThat(ran).containsExactly("next");
        assertThat(failure.getSuppressed()).hasOnlyElementsOfType(OutOfMemoryError.class);
    }

    @Test
    void tasksThatAreClearedNeverRun() {
        serial.execute(() -> ran.add("cleared"));
        serial.clear();
        dispatched.remove().run();
        serial.execute(() -> ran.add("next"));
        dispatched.remove().run();

        assertThat(ran).containsExactly("next");
    }

    @Test
    void runsInlineOnlyWhileNothingElseRunsOrWaits() {
        serial.executeInline(
                () -> {
                    ran.add("here");
                    serial.executeInline(() -> ran.add("meanwhile"));
                    serial.execute(() -> ran.add("after that"));
                });
        serial.executeInline(() -> ran.add("last"));

        assertThat(ran).containsExactly("here");
        assertThat(serial.waiting()).isEqualTo(3);
        assertThat(dispatched).hasSize(1);
        dispatched.remove().run();
        assertThat(ran).containsExactly("here", "meanwhile", "after that", "last");
        assertThat(dispatched).isEmpty();
    }

    @Test
    void whatCouldNotBeHandedOverRunsWithWhateverComesNext() {
        List<Runnable> handedOver = new ArrayList<>();
        var refusing =
                new SerialExecutor(
                        task -> {
                            if (handedOver.isEmpty() && ran.isEmpty()) {
                                ran.add("refused");
                                throw new RejectedExecutionException();
                            }
                            handedOver.add(task);
                        },
                        failure -> {});

        assertThatThrownBy(() -> refusing.execute(() -> ran.add("first")))
                .isInstanceOf(RejectedExecutionException.class);
        refusing.executeInline(() -> ran.add("second"));
        handedOver.getFirst().run();

        assertThat(ran).containsExactly("refused", "first", "second");
    }

    @Test
    void keepsTheOrderOfEachCallerAndRunsOneAtATime() throws InterruptedException {
        int[] last = new int[4];
        int[] count = new int[1];
        var done = new CountDownLatch(4 * 10_000);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var busy = new SerialExecutor(threads, failure -> {});
            List<Thread> callers =
                    IntStream.range(0, 4)
                            .mapToObj(
                                    caller ->
                                            Thread.ofPlatform()
                                                    .start(
                                                            () ->
                                                                    call(
                                                                            busy, caller, last,
                                                                            count, done)))
                            .toList();
            done.await();
            for (Thread caller : callers) {
                caller.join();
            }
        }
        assertThat(last).containsOnly(10_000);
        assertThat(count[0]).isEqualTo(4 * 10_000);
    }

    private static void call(
            SerialExecutor busy, int caller, int[] last, int[] count, CountDownLatch done) {
        for (int i = 1; i <= 10_000; i++) {
            int number = i;
            Runnable task =
                    () -> {
                        if (last[caller] == number - 1) {
                            last[caller] = number;
                        }
                        count[0]++;
                        done.countDown();
                    };
            if (i % 2 == 0) {
                busy.executeInline(task);
            } else {
                busy.execute(task);
            }
        }
    }
}

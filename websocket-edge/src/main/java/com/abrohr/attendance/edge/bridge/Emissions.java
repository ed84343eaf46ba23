package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.messages.feed.FeedBatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Hands what is emitted for a company over to its feed: without a change of thread where that is
 * the quickest, and not without a bound. The thread that emits is never made to wait.
 */
final class Emissions implements Consumer<FeedBatch> {

    /** With more waiting, what comes is dropped and read from the log afterwards. */
    private static final int QUEUE_LIMIT = 1_000;

    /**
     * Up to so many are written to on the thread that emits, where no hand-over delays them. More
     * would hold up other companies for longer than a hand-over takes.
     */
    private static final int LISTENERS_HERE = 256;

    private final String companyId;
    private final FeedAudience audience;
    private final SerialExecutor serial;
    private final Consumer<FeedBatch> delivery;
    private final Runnable afterDrops;
    private final AtomicBoolean dropping = new AtomicBoolean();

    Emissions(
            String companyId,
            FeedAudience audience,
            SerialExecutor serial,
            Consumer<FeedBatch> delivery,
            Runnable afterDrops) {
        this.companyId = companyId;
        this.audience = audience;
        this.serial = serial;
        this.delivery = delivery;
        this.afterDrops = afterDrops;
    }

    @Override
    public void accept(FeedBatch batch) {
        if (serial.waiting() >= QUEUE_LIMIT) {
            drop();
        } else if (audience.listeners(companyId) <= LISTENERS_HERE) {
            serial.executeHere(() -> delivery.accept(batch));
        } else {
            serial.execute(() -> delivery.accept(batch));
        }
    }

    private void drop() {
        if (dropping.compareAndSet(false, true)) {
            serial.execute(
                    () -> {
                        dropping.set(false);
                        afterDrops.run();
                    });
        }
    }
}

package com.abrohr.attendance.edge.bridge;

import com.abrohr.attendance.edge.engineio.SerialExecutor;
import com.abrohr.attendance.messages.feed.FeedBatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Queues the batches that are emitted for a company until its feed delivers them. Small audiences
 * are served on the thread that emits, which never blocks; the queue is bounded.
 */
final class BatchQueue implements Consumer<FeedBatch> {
    /** Beyond it batches are dropped and read from the log afterwards. */
    private static final int QUEUE_LIMIT = 1_000;

    /**
     * Up to so many are served on the thread that emits, without the delay of a thread switch. More
     * would delay other companies for longer than the switch takes.
     */
    private static final int MAX_INLINE_LISTENERS = 256;

    private final String companyId;
    private final FeedAudience audience;
    private final SerialExecutor serial;
    private final Consumer<FeedBatch> delivery;
    private final Runnable afterDrops;
    private final AtomicBoolean dropping = new AtomicBoolean();

    BatchQueue(
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
        } else if (audience.listeners(companyId) <= MAX_INLINE_LISTENERS) {
            serial.executeInline(() -> delivery.accept(batch));
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

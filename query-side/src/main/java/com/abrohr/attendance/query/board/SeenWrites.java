package com.abrohr.attendance.query.board;

import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.query.livefeed.Arrivals;
import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether the read models show a write yet, whichever node projects it; meant for virtual threads.
 */
public class SeenWrites {

    /** Makes good what nobody was woken for: a lost notice, a replay. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(250);

    /** However often the company writes: many who wait must not take the connections of all. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final CompanyReads reads;
    private final JdbcTemplate readers;
    private final Arrivals arrivals;
    private final Duration patience;

    /**
     * @param readers on the reader pool
     * @param patience how long a reader waits at most
     */
    SeenWrites(CompanyReads reads, JdbcTemplate readers, Arrivals arrivals, Duration patience) {
        this.reads = reads;
        this.readers = readers;
        this.arrivals = arrivals;
        this.patience = patience;
    }

    /**
     * @throws Refusal UNAVAILABLE when the write is not seen in time
     */
    public void await(Position write) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            CompletableFuture<Void> next = arrivals.next(write.companyId());
            if (isSeen(write)) {
                return;
            }
            long left = deadline - System.nanoTime();
            if (left <= 0 || !waited(next, Math.min(left, LOOK_AGAIN.toNanos()))) {
                throw new Refusal(
                        RefusalCode.UNAVAILABLE,
                        "The read models do not show that write yet; ask again");
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private boolean isSeen(Position write) {
        String applied =
                switch (write.stream()) {
                    case EMPLOYEE -> "workforce_seq";
                    case TIME_CLOCK -> "clock_seq";
                    case LEAVE_ACCOUNT -> "leave_seq";
                };
        return reads.in(
                write.companyId(),
                () ->
                        !readers.queryForList(
                                        "select 1 from presence where company_id = ?"
                                                + " and employee_id = ? and "
                                                + applied
                                                + " >= ?",
                                        Integer.class,
                                        write.companyId(),
                                        write.employeeId(),
                                        write.seq())
                                .isEmpty());
    }

    /** False when this thread is to end. */
    private static boolean waited(CompletableFuture<Void> next, long nanos) {
        try {
            next.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        return true;
    }
}

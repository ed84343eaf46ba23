package com.abrohr.attendance.query.projection;

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

/**
 * Whether the read models show a write yet, whichever node projects it; meant for virtual threads.
 */
public class ReadYourWrites {

    /** Of a company that another node projects nobody here is woken. */
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String PROGRESS =
            """
            select coalesce(p.last_seq, 0) as company_seq, coalesce(e.last_seq, 0) as employee_seq,
                coalesce(e.parked, false) as parked
            from (select 1) one
            left join company_position p on p.company_id = ?
            left join presence e on e.company_id = ? and e.employee_id = ?""";

    private final CompanyReads reads;
    private final JdbcTemplate readers;
    private final Arrivals arrivals;
    private final ProjectedPositions positions;
    private final RecentEventSource events;
    private final Duration timeout;

    /**
     * @param readers on the reader pool
     * @param events which must not gather while somebody waits
     * @param timeout how long a reader waits at most
     */
    ReadYourWrites(
            CompanyReads reads,
            JdbcTemplate readers,
            Arrivals arrivals,
            ProjectedPositions positions,
            RecentEventSource events,
            Duration timeout) {
        this.reads = reads;
        this.readers = readers;
        this.arrivals = arrivals;
        this.positions = positions;
        this.events = events;
        this.timeout = timeout;
    }

    /**
     * Returns once the read models show the write.
     *
     * @throws Refusal UNAVAILABLE when the write is not seen in time, or cannot be before somebody
     *     has repaired what its employee waits for
     */
    public void await(Position write) {
        if (isSeen(write)) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long wait = FIRST_WAIT_NANOS;
        try (Linger.Waiting _ = events.waiting()) {
            while (true) {
                if (isSeen(write)) {
                    return;
                }
                long left = deadline - System.nanoTime();
                if (left <= 0 || !waited(write, Math.min(left, wait))) {
                    throw new Refusal(
                            RefusalCode.UNAVAILABLE,
                            "The read models do not show that write yet; ask again");
                }
                wait = Math.min(2 * wait, LONGEST_WAIT_NANOS);
            }
        }
    }

    private record Progress(long companySeq, long employeeSeq, boolean parked) {}

    private boolean isSeen(Position write) {
        Progress progress =
                reads.in(
                        write.companyId(),
                        () ->
                                readers.queryForObject(
                                        PROGRESS,
                                        (row, _) ->
                                                new Progress(
                                                        row.getLong(1),
                                                        row.getLong(2),
                                                        row.getBoolean(3)),
                                        write.companyId(),
                                        write.companyId(),
                                        write.employeeId()));
        if (progress.parked && write.seq() > progress.employeeSeq) {
            throw new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "An event of this employee waits for repair; until then the read models do not"
                            + " show that write");
        }
        return progress.companySeq >= write.seq();
    }

    /**
     * Until this node has projected the write, at most that long: many who wait must not ask the
     * database after each batch.
     *
     * @return false when this thread is to end
     */
    private boolean waited(Position write, long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            CompletableFuture<Void> next = arrivals.next(write.companyId());
            if (positions.of(write.companyId()) >= write.seq()) {
                return true;
            }
            try {
                next.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                return true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}

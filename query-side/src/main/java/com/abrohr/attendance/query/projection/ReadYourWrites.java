package com.abrohr.attendance.query.projection;

import com.abrohr.attendance.messages.Position;
import com.abrohr.attendance.messages.Refusal;
import com.abrohr.attendance.messages.RefusalCode;
import com.abrohr.attendance.query.read.CompanyReads;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.JdbcTemplate;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import javax.sql.DataSource;

/**
 * Whether the read models show a write yet, whichever node projects it; meant for virtual threads.
 */
public class ReadYourWrites {
    /** A company that another node projects wakes no read here, so the database is asked again. */
    private static final long FIRST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final String PROGRESS =
            """
            select coalesce(p.last_seq, 0), coalesce(e.seq, 0), coalesce(e.dead_lettered, false)
            from (select 1) one
            left join company_position p on p.company_id = ?
            left join (%s) as e(seq, dead_lettered) on true""";

    private final CompanyReads reads;
    private final JdbcTemplate readers;
    private final String progress;
    private final ProjectedPositions positions;
    private final RecentEventSource events;
    private final Duration timeout;

    /**
     * @param events which must not gather while a read waits
     */
    ReadYourWrites(
            CompanyReads reads,
            @Qualifier("readerDataSource") DataSource readers,
            ReadModels models,
            ProjectedPositions positions,
            RecentEventSource events,
            ProjectionSettings settings) {
        this.reads = reads;
        this.readers = new JdbcTemplate(readers);
        this.progress = PROGRESS.formatted(models.employees().progress());
        this.positions = positions;
        this.events = events;
        this.timeout = settings.readPatience();
    }

    /**
     * Returns once the read models show the write.
     *
     * @throws Refusal UNAVAILABLE when the write is not seen in time, or waits as a dead letter
     */
    public void await(Position write) {
        if (isSeen(write)) {
            return;
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        long wait = FIRST_WAIT_NANOS;
        try (WakeUpTimer.Immediate _ = events.immediate()) {
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

    private record Progress(long companySeq, long employeeSeq, boolean deadLettered) {}

    private boolean isSeen(Position write) {
        Progress now =
                reads.in(
                        write.companyId(),
                        () ->
                                readers.queryForObject(
                                        progress,
                                        (row, _) ->
                                                new Progress(
                                                        row.getLong(1),
                                                        row.getLong(2),
                                                        row.getBoolean(3)),
                                        write.companyId(),
                                        write.companyId(),
                                        write.employeeId()));
        if (now.deadLettered && write.seq() > now.employeeSeq) {
            throw new Refusal(
                    RefusalCode.UNAVAILABLE,
                    "An event of this employee waits for repair; until then the read models do not"
                            + " show that write");
        }
        return now.companySeq >= write.seq();
    }

    /**
     * Waits until this node has projected the write, at most that long: many waiting reads must not
     * ask the database after each batch.
     *
     * @return false when this thread was interrupted
     */
    private boolean waited(Position write, long nanos) {
        long deadline = System.nanoTime() + nanos;
        while (true) {
            CompletableFuture<Void> next = positions.nextMove(write.companyId());
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

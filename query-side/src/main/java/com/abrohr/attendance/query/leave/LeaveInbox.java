package com.abrohr.attendance.query.leave;

import com.abrohr.attendance.messages.leave.LeaveApproved;
import com.abrohr.attendance.messages.leave.LeaveEvent;
import com.abrohr.attendance.messages.leave.LeaveRejected;
import com.abrohr.attendance.messages.leave.LeaveRequestView;
import com.abrohr.attendance.messages.leave.LeaveStatus;
import com.abrohr.attendance.messages.leave.LeaveSubmitted;
import com.abrohr.attendance.messages.leave.LeaveWithdrawn;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.livefeed.BoardDeltaBuilder;
import com.abrohr.attendance.query.livefeed.BoardInbox;
import com.abrohr.attendance.query.read.CompanyReads;

import org.jspecify.annotations.Nullable;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pending leave requests of a company, kept in memory. */
public final class LeaveInbox implements BoardInbox {
    private final Map<String, LeaveRequestView> pending = new LinkedHashMap<>();

    /**
     * @param stored oldest first
     */
    LeaveInbox(Collection<LeaveRequestView> stored) {
        stored.forEach(request -> pending.put(request.id(), request));
    }

    /** As the rows of the company have them; within a snapshot of it. */
    public static LeaveInbox load(CompanyReads reads, String companyId) {
        return new LeaveInbox(LeaveQueries.pending(reads, companyId));
    }

    @Override
    public void apply(RecordedEvent recorded, String displayName, BoardDeltaBuilder changes) {
        if (!(recorded.event() instanceof LeaveEvent event)) {
            return;
        }
        switch (event) {
            case LeaveSubmitted submitted -> {
                LeaveRequestView request = request(submitted, displayName, recorded);
                pending.put(request.id(), request);
                changes.pending(request);
            }
            case LeaveApproved _, LeaveRejected _, LeaveWithdrawn _ -> {
                pending.remove(event.leaveId());
                changes.noLongerPending(event.leaveId());
            }
        }
    }

    private static LeaveRequestView request(
            LeaveSubmitted submitted, String displayName, RecordedEvent recorded) {
        return new LeaveRequestView(
                submitted.leaveId(),
                submitted.employeeId(),
                displayName,
                submitted.leaveType(),
                submitted.startDate(),
                submitted.endDate(),
                submitted.reason(),
                LeaveStatus.PENDING,
                recorded.receivedAt(),
                null,
                null,
                null);
    }

    @Override
    public @Nullable LeaveRequestView request(String leaveId) {
        return pending.get(leaveId);
    }

    @Override
    public List<LeaveRequestView> pending() {
        return List.copyOf(pending.values());
    }
}

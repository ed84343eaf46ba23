package com.abrohr.attendance.query.presence;

import com.abrohr.attendance.messages.attendance.PresenceView;
import com.abrohr.attendance.query.eventlog.EmployeeKey;
import com.abrohr.attendance.query.eventlog.RecordedEvent;
import com.abrohr.attendance.query.livefeed.BoardTiles;
import com.abrohr.attendance.query.livefeed.EarlierFacts;
import com.abrohr.attendance.query.presence.EmployeeFacts.Range;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.RowQuery;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The tiles of a live board: the facts of a company's employees, kept in memory. */
public final class PresenceTiles implements BoardTiles {
    private final String companyId;
    private final Map<String, EmployeeFacts> employees = new HashMap<>();
    private final Map<String, Instant> nextChanges = new HashMap<>();

    PresenceTiles(String companyId, Collection<EmployeeFacts> stored, Instant now) {
        this.companyId = companyId;
        stored.forEach(facts -> put(facts, now));
    }

    /** As the rows of the company have them; within a snapshot of it. */
    public static PresenceTiles load(CompanyReads reads, String companyId, Instant now) {
        return new PresenceTiles(
                companyId,
                reads.rows(
                        new RowQuery(PresenceTable.SELECT, companyId)
                                .ascending("employee_id", List.of()),
                        PresenceTable::facts),
                now);
    }

    @Override
    public boolean apply(RecordedEvent event, EarlierFacts earlier) {
        EmployeeFacts before = factsOf(event.employee().employeeId());
        EmployeeFacts after =
                PresenceFold.apply(before, event, leaveId -> requested(leaveId, earlier));
        put(after, event.recordedAt());
        return !after.clock().equals(before.clock())
                || !after.leave().equals(before.leave())
                || !after.person().equals(before.person());
    }

    private static Range requested(String leaveId, EarlierFacts earlier) {
        EarlierFacts.LeaveFacts leave = earlier.leave(leaveId);
        return new Range(leaveId, leave.startDate(), leave.endDate());
    }

    @Override
    public boolean isUnknown(String employeeId) {
        return factsOf(employeeId).deadLettered();
    }

    @Override
    public void setUnknown(String employeeId, Instant at) {
        put(factsOf(employeeId).withDeadLettered(true, at), at);
    }

    private void put(EmployeeFacts facts, Instant now) {
        employees.put(facts.employeeId(), facts);
        Instant next = PresenceRule.at(facts, now).nextChangeAt();
        if (next == null) {
            nextChanges.remove(facts.employeeId());
        } else {
            nextChanges.put(facts.employeeId(), next);
        }
    }

    private EmployeeFacts factsOf(String employeeId) {
        EmployeeFacts facts = employees.get(employeeId);
        return facts == null
                ? EmployeeFacts.initial(new EmployeeKey(companyId, employeeId))
                : facts;
    }

    @Override
    public PresenceView tile(String employeeId, Instant now) {
        return PresenceRule.at(factsOf(employeeId), now);
    }

    @Override
    public String displayName(String employeeId) {
        EmployeeFacts facts = employees.get(employeeId);
        return facts == null ? employeeId : facts.displayName();
    }

    @Override
    public @Nullable Instant openSessionStart(String employeeId, String sessionId) {
        EmployeeFacts.Clock clock = factsOf(employeeId).clock();
        return clock.open() && sessionId.equals(clock.sessionId()) ? clock.since() : null;
    }

    @Override
    public Stream<PresenceView> tiles(Instant now) {
        return employees.values().stream().map(facts -> PresenceRule.at(facts, now));
    }

    @Override
    public Stream<PresenceView> changedSince(long seq, Instant repairedAfter, Instant now) {
        return employees.values().stream()
                .filter(facts -> mayHaveChanged(facts, seq, repairedAfter, now))
                .map(facts -> PresenceRule.at(facts, now));
    }

    private static boolean mayHaveChanged(
            EmployeeFacts facts, long seq, Instant repairedAfter, Instant now) {
        Instant change = facts.nextChangeAt();
        Instant deadLettered = facts.deadLetteredChangedAt();
        return facts.lastSeq() > seq
                || facts.deadLettered()
                || deadLettered != null && deadLettered.isAfter(repairedAfter)
                || change != null && !change.isAfter(now);
    }

    @Override
    public List<PresenceView> changedByTime(Instant now) {
        List<EmployeeFacts> due = new ArrayList<>();
        nextChanges.forEach(
                (employee, at) -> {
                    if (!at.isAfter(now)) {
                        due.add(factsOf(employee));
                    }
                });
        due.forEach(facts -> put(facts, now));
        return due.stream().map(facts -> PresenceRule.at(facts, now)).toList();
    }
}

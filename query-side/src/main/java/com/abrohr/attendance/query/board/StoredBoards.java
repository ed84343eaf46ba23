package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;

/** Reads whole boards. */
public final class StoredBoards {

    private final CompanyReads reads;
    private final PresenceRows rows;
    private final LeaveQueries leave;

    StoredBoards(CompanyReads reads, PresenceRows rows, LeaveQueries leave) {
        this.reads = reads;
        this.rows = rows;
        this.leave = leave;
    }

    /** The board of one company, from one snapshot of the database. */
    public StoredBoard load(String companyId) {
        return reads.in(
                companyId,
                () ->
                        new StoredBoard(
                                reads.position(companyId),
                                rows.findByCompanyIdOrderByEmployeeId(companyId).stream()
                                        .map(PresenceRow::facts)
                                        .toList(),
                                leave.pending(companyId)));
    }
}

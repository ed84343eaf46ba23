package com.abrohr.attendance.query.board;

import com.abrohr.attendance.query.leave.LeaveQueries;
import com.abrohr.attendance.query.read.CompanyReads;
import com.abrohr.attendance.query.read.RowQuery;

/** Reads whole boards. */
public final class StoredBoards {

    private final CompanyReads reads;
    private final LeaveQueries leave;

    StoredBoards(CompanyReads reads, LeaveQueries leave) {
        this.reads = reads;
        this.leave = leave;
    }

    /** The board of one company, from one snapshot of the database. */
    public StoredBoard load(String companyId) {
        return reads.in(
                companyId,
                () ->
                        new StoredBoard(
                                reads.position(companyId),
                                reads.rows(
                                        new RowQuery(PresenceRow.SELECT, companyId)
                                                .ascending("employee_id", null),
                                        PresenceRow::facts),
                                leave.pending(companyId)));
    }
}

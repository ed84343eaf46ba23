package com.abrohr.attendance.query.worksession;

import com.abrohr.attendance.query.projection.Columns;
import com.abrohr.attendance.query.projection.ReadModel;

import java.sql.Connection;
import java.util.List;

/** One row per work session, as it counts. */
public final class WorkSessionReadModel implements ReadModel {
    /** The last session of each employee, which is what a punch-out ends. */
    static final String LAST_SESSIONS =
            Columns.selectByEmployee(
                    """
                    select company_id, employee_id, session_id, session_open, since
                    from presence""");

    static final String INSERT =
            """
            insert into work_session (company_id, employee_id, punch_in_time, session_id,
                punch_out_time, business_date, corrected, zone_id, last_seq)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)""";

    /** By the whole primary key: it costs the same however many sessions the employee has. */
    static final String END =
            """
            update work_session w set punch_out_time = n.punch_out_time, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?)
                as n(company_id, employee_id, punch_in_time, session_id, punch_out_time, last_seq)
            where w.company_id = n.company_id and w.employee_id = n.employee_id
                and w.punch_in_time = n.punch_in_time and w.session_id = n.session_id""";

    static final String CORRECT =
            """
            update work_session w
            set punch_in_time = n.punch_in_time, punch_out_time = n.punch_out_time,
                business_date = n.business_date, corrected = true, last_seq = n.last_seq
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as n(company_id, employee_id, session_id, punch_in_time, punch_out_time,
                    business_date, last_seq)
            where w.company_id = n.company_id and w.employee_id = n.employee_id
                and w.session_id = n.session_id""";

    @Override
    public List<String> tables() {
        return List.of("work_session");
    }

    @Override
    public ReadModel.Batch begin(Connection connection) {
        return new WorkSessionBatch();
    }
}

package com.abrohr.attendance.query;

import org.springframework.jdbc.core.JdbcTemplate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the read models must hold, computed from the log alone by SQL over the view {@code events};
 * shares no code with the projection. Personal data stands encrypted in the log and is not
 * compared.
 */
public final class ReadModelFold {
    /** The tables keep microseconds, cut off. */
    private static final String AT =
            "cast(regexp_replace(payload->>'%s', '(\\.\\d{6})\\d+', '\\1') as timestamptz)";

    private static String at(String component) {
        return AT.formatted(component);
    }

    private static final String SESSIONS =
            """
            with told as (
                select company_id, employee_id, company_seq, sequence, payload_type,
                       payload->>'sessionId' as session_id,
                       case payload_type when 'PunchedIn' then %1$s
                                         when 'PunchCorrected' then %2$s end as starts,
                       case payload_type when 'PunchedOut' then %1$s
                                         when 'PunchCorrected' then %3$s end as ends,
                       case when payload_type <> 'PunchedOut'
                            then cast(payload->>'businessDate' as date) end as day
                from events
                where payload_type in ('PunchedIn', 'PunchedOut', 'PunchCorrected'))
            select company_id, session_id, min(employee_id) as employee_id,
                   (array_agg(day order by sequence desc) filter (where day is not null))[1] as day,
                   (array_agg(starts order by sequence desc) filter (where starts is not null))[1]
                       as starts,
                   (array_agg(ends order by sequence desc)
                       filter (where payload_type <> 'PunchedIn'))[1] as ends,
                   bool_or(payload_type = 'PunchCorrected') as corrected, max(company_seq) as seq
            from told group by company_id, session_id"""
                    .formatted(at("countedAt"), at("punchInTime"), at("punchOutTime"));

    private static final String LAST_SESSION =
            """
            select distinct on (e.company_id, e.employee_id) e.company_id, e.employee_id,
                   s.session_id, s.ends is null as open, coalesce(s.ends, s.starts) as since
            from events e join (%s) s
                on s.company_id = e.company_id and s.session_id = e.payload->>'sessionId'
            where e.payload_type in ('PunchedIn', 'PunchedOut')
            order by e.company_id, e.employee_id, e.sequence desc"""
                    .formatted(SESSIONS);

    private static final String APPLIED =
            """
            select company_id, employee_id, max(company_seq) as seq
            from events group by company_id, employee_id""";

    private static final String LEAVE =
            """
            select company_id, payload->>'leaveId' as leave_id, min(employee_id) as employee_id,
                   max(payload->>'leaveType') as leave_type,
                   max(cast(payload->>'startDate' as date)) as starts,
                   max(cast(payload->>'endDate' as date)) as ends,
                   (array_agg(case payload_type when 'LeaveSubmitted' then 'PENDING'
                                                when 'LeaveApproved' then 'APPROVED'
                                                when 'LeaveRejected' then 'REJECTED'
                                                else 'WITHDRAWN' end
                              order by sequence desc))[1] as status,
                   max(coalesce(payload->>'approvedBy', payload->>'rejectedBy')) as decided_by,
                   max(company_seq) as seq
            from events where aggregate_id like 'leave-account/%'
            group by company_id, payload->>'leaveId'""";

    private static final Map<String, String[]> MODELS = new LinkedHashMap<>();

    static {
        MODELS.put(
                "punch",
                new String[] {
                    """
                    select company_id, employee_id, company_seq,
                           case payload_type when 'PunchedIn' then 'IN' else 'OUT' end,
                           payload->>'sessionId', %s, command_id, metadata->>'source',
                           coalesce(metadata->>'offline', '') = 'true',
                           cast(metadata->>'receivedAt' as timestamptz), recorded_at
                    from events where payload_type in ('PunchedIn', 'PunchedOut')"""
                            .formatted(at("occurredAt")),
                    """
                    select company_id, employee_id, seq, type, session_id, occurred_at,
                           command_id, source, offline, received_at, recorded_at from punch"""
                });
        MODELS.put(
                "work_session",
                new String[] {
                    "select company_id, session_id, employee_id, day, starts, ends, corrected, seq from ("
                            + SESSIONS
                            + ") s",
                    """
                    select company_id, session_id, employee_id, business_date, punch_in_time,
                           punch_out_time, corrected, last_seq from work_session"""
                });
        MODELS.put(
                "presence",
                new String[] {
                    """
                    select a.company_id, a.employee_id, a.seq, l.session_id,
                           coalesce(l.open, false), l.since, false
                    from (%s) a left join (%s) l using (company_id, employee_id)"""
                            .formatted(APPLIED, LAST_SESSION),
                    """
                    select company_id, employee_id, last_seq, session_id, session_open, since,
                           parked from presence"""
                });
        MODELS.put(
                "leave_request",
                new String[] {
                    LEAVE,
                    """
                    select company_id, leave_id, employee_id, leave_type, start_date, end_date,
                           status, decided_by, last_seq from leave_request"""
                });
        MODELS.put(
                "company_position",
                new String[] {
                    "select company_id, max(company_seq) from events group by company_id",
                    "select company_id, last_seq from company_position"
                });
    }

    private ReadModelFold() {}

    /** Every row that is missing or too many, in words; empty when the read models are right. */
    public static List<String> differences(JdbcTemplate jdbc) {
        List<String> differences = new ArrayList<>();
        MODELS.forEach(
                (table, both) -> {
                    differences.addAll(only(jdbc, table + " lacks ", both[0], both[1]));
                    differences.addAll(only(jdbc, table + " has too many ", both[1], both[0]));
                });
        return differences;
    }

    private static List<String> only(JdbcTemplate jdbc, String word, String here, String there) {
        return jdbc.query(
                "select cast(d as text) from (select * from ("
                        + here
                        + ") x except all select * from ("
                        + there
                        + ") y) d limit 20",
                (row, _) -> word + row.getString(1));
    }
}

-- Appends one batch as one statement. The lock is taken once everything has arrived, so it is never held while a
-- client is waited for, and statement_timeout bounds it on every version of PostgreSQL. A function rather than SQL
-- alone, because each statement in it has a snapshot of its own: those below are younger than the lock and see all
-- that was committed by whoever held it before.
--
-- companies: each company of the batch once. predecessor_*: events that must be in the log already.
-- Then one array per column, an element for each event: "company" counts companies from 1, "company_place" the
-- events of the company in this batch from 1.
-- Answers a row for each company: the last index, when it was recorded, and the company's last number before.
CREATE FUNCTION append_events(
    companies             text[],
    predecessor_ids       text[],
    predecessor_sequences bigint[],
    event_ids             uuid[],
    aggregate_types       text[],
    aggregate_ids         text[],
    sequences             bigint[],
    company_ids           text[],
    company               int[],
    company_places        int[],
    employee_ids          text[],
    command_ids           text[],
    command_steps         int[],
    fingerprints          bytea[],
    payload_types         text[],
    payload_revisions     text[],
    payloads              bytea[],
    metadata              bytea[]
) RETURNS TABLE (newest_index bigint, newest_recorded_at timestamptz, seq_before bigint)
LANGUAGE plpgsql VOLATILE
AS $$
#variable_conflict use_column
DECLARE
    missing text;
BEGIN
    PERFORM pg_advisory_xact_lock(7311142570156650343);

    -- a scalar subquery each, which no planner turns into a scan of the log
    SELECT p.id || ' ' || p.sequence INTO missing
    FROM unnest(predecessor_ids, predecessor_sequences) AS p (id, sequence)
    WHERE (SELECT 1 FROM event_log e WHERE e.aggregate_id = p.id AND e.sequence = p.sequence) IS NULL
    LIMIT 1;
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION 'the log has no event %', missing USING ERRCODE = 'foreign_key_violation';
    END IF;

    RETURN QUERY
    WITH head AS (
        UPDATE event_log_head
        SET last_index = last_index + cardinality(event_ids),
            last_recorded_at = greatest(last_recorded_at, clock_timestamp())
        RETURNING last_index, last_recorded_at
    ), numbers AS (
        SELECT array_agg(coalesce((SELECT max(l.company_seq) FROM event_log l WHERE l.company_id = c.id), 0)
            ORDER BY c.place) AS last
        FROM unnest(companies) WITH ORDINALITY AS c (id, place)
    ), stored AS (
        INSERT INTO event_log (global_index, company_seq, sequence, recorded_at, event_id, command_step,
            aggregate_type, aggregate_id, company_id, employee_id, command_id, fingerprint, payload_type,
            payload_revision, payload, metadata)
        SELECT head.last_index - cardinality(event_ids) + e.place, numbers.last[e.company] + e.company_place,
            e.sequence, head.last_recorded_at, e.event_id, e.command_step::smallint,
            e.aggregate_type, e.aggregate_id, e.company_id, e.employee_id, e.command_id, e.fingerprint,
            e.payload_type, e.payload_revision, e.payload, e.metadata
        FROM head, numbers, unnest(event_ids, aggregate_types, aggregate_ids, sequences, company_ids, company,
            company_places, employee_ids, command_ids, command_steps, fingerprints, payload_types,
            payload_revisions, payloads, append_events.metadata) WITH ORDINALITY
            AS e (event_id, aggregate_type, aggregate_id, sequence, company_id, company, company_place,
            employee_id, command_id, command_step, fingerprint, payload_type, payload_revision, payload, metadata,
            place)
    ), notified AS (
        SELECT pg_notify('event_log', last_index::text) FROM head
    )
    SELECT head.last_index, head.last_recorded_at, n.seq
    FROM head, notified, numbers, unnest(numbers.last) WITH ORDINALITY AS n (seq, place)
    ORDER BY n.place;
END
$$;

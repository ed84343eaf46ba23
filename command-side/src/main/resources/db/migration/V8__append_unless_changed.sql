-- Appends as V7 does, and refuses a batch when a stream has grown that one of its commands was decided on besides its
-- own aggregate: a punch is decided in the zone that the employee's stream gives, which another node may have changed.
-- V7 stays, for nodes of the release before.
--
-- unchanged_*: the newest event that was known of each such stream. The other parameters are those of V7.
CREATE FUNCTION append_events(
    companies             text[],
    predecessor_ids       text[],
    predecessor_sequences bigint[],
    unchanged_ids         text[],
    unchanged_sequences   bigint[],
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
    changed text;
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

    -- an aggregate's sequences have no gaps
    SELECT u.id || ' ' || u.sequence INTO changed
    FROM unnest(unchanged_ids, unchanged_sequences) AS u (id, sequence)
    WHERE (SELECT 1 FROM event_log e WHERE e.aggregate_id = u.id AND e.sequence = u.sequence + 1) IS NOT NULL
    LIMIT 1;
    IF changed IS NOT NULL THEN
        RAISE EXCEPTION 'the log has an event after %', changed USING ERRCODE = 'exclusion_violation';
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

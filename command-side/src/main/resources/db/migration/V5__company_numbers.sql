-- Gives each event the next number of its company, in the order of the log, and lets a reader see the log of one
-- company at a time. The session's application_name says how far it is, for those who wait for it.
DO $$
DECLARE
    per_step constant bigint := 50000;
    head bigint;
    done bigint := 0;
BEGIN
    -- A node of the release before knows no numbers. It must not write, now or later. Its pool is always there; its
    -- writer is not while it connects anew, or where the stock engine is used.
    IF EXISTS (SELECT FROM pg_stat_activity
               WHERE datname = current_database() AND application_name IN ('attendance-log-writer', 'attendance')) THEN
        RAISE EXCEPTION 'another node is connected to this database; stop all nodes, then start one of this release'
            USING ERRCODE = 'object_in_use';
    END IF;
    PERFORM set_config('application_name', 'upgrade: waiting until nobody reads or writes the log', false);
    PERFORM pg_advisory_xact_lock(7311142570156650343);
    LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE;
    SELECT coalesce(max(global_index), 0) INTO head FROM event_log;

    DROP VIEW events;
    ALTER TABLE event_log RENAME TO event_log_unnumbered;

    -- Fixed lengths first, so that nothing is lost to alignment.
    CREATE TABLE event_log (
        global_index     bigint      NOT NULL,
        company_seq      bigint      NOT NULL CHECK (company_seq > 0),
        sequence         bigint      NOT NULL CHECK (sequence >= 0),
        recorded_at      timestamptz NOT NULL,
        event_id         uuid        NOT NULL,
        command_step     smallint    NOT NULL CHECK (command_step >= 0),
        aggregate_type   text        NOT NULL COLLATE "C",
        aggregate_id     text        NOT NULL COLLATE "C",
        company_id       text        NOT NULL COLLATE "C",
        employee_id      text        NOT NULL COLLATE "C",
        command_id       text        NOT NULL COLLATE "C",
        fingerprint      bytea       CHECK (fingerprint IS NULL OR (command_step = 0 AND octet_length(fingerprint) = 32)),
        payload_type     text        NOT NULL COLLATE "C",
        payload_revision text        COLLATE "C",
        payload          bytea       NOT NULL,
        metadata         bytea       NOT NULL
    );
    CREATE TEMPORARY TABLE numbered_to (company_id text COLLATE "C" PRIMARY KEY, seq bigint NOT NULL) ON COMMIT DROP;

    WHILE done < head LOOP
        WITH numbered AS (
            INSERT INTO event_log (global_index, company_seq, sequence, recorded_at, event_id, command_step,
                aggregate_type, aggregate_id, company_id, employee_id, command_id, fingerprint, payload_type,
                payload_revision, payload, metadata)
            SELECT e.global_index,
                coalesce(n.seq, 0) + row_number() OVER (PARTITION BY e.company_id ORDER BY e.global_index),
                e.sequence, e.recorded_at, e.event_id, e.command_step, e.aggregate_type, e.aggregate_id, e.company_id,
                e.employee_id, e.command_id, e.fingerprint, e.payload_type, e.payload_revision, e.payload, e.metadata
            FROM event_log_unnumbered e LEFT JOIN numbered_to n ON n.company_id = e.company_id
            WHERE e.global_index > done AND e.global_index <= done + per_step
            ORDER BY e.global_index
            RETURNING company_id, company_seq
        )
        INSERT INTO numbered_to (company_id, seq)
        SELECT company_id, max(company_seq) FROM numbered GROUP BY company_id
        ON CONFLICT (company_id) DO UPDATE SET seq = excluded.seq;
        done := least(done + per_step, head);
        PERFORM set_config('application_name', format('upgrade: %s of %s events numbered', done, head), false);
    END LOOP;
    DROP TABLE event_log_unnumbered;
    PERFORM set_config('application_name', format('upgrade: indexes of %s events are built', head), false);
END
$$;

-- Not deferrable, because the command key is what an insert resolves its conflicts by.
ALTER TABLE event_log
    ADD CONSTRAINT event_log_pkey PRIMARY KEY (global_index),
    ADD CONSTRAINT event_log_event_id_key UNIQUE (event_id),
    ADD CONSTRAINT event_log_sequence_key UNIQUE (aggregate_id, sequence),
    ADD CONSTRAINT event_log_command_key UNIQUE (company_id, employee_id, command_id, command_step),
    ADD CONSTRAINT event_log_company_seq_key UNIQUE (company_id, company_seq);

-- Append-only and in the order of recorded_at, which is what BRIN is for.
CREATE INDEX event_log_recorded_at ON event_log USING brin (recorded_at);

-- Everything is read anew right after this, before autovacuum comes by.
ANALYZE event_log;
RESET application_name;

COMMENT ON TABLE event_log IS
    'The log. Whoever inserts holds advisory lock 7311142570156650343 and moves event_log_head in the same transaction, so that indexes and company numbers are dense and their order is commit order.';
COMMENT ON COLUMN event_log.global_index IS 'place in the order of the whole log: 1, 2, 3 ... without gaps';
COMMENT ON COLUMN event_log.company_seq IS 'number of the event within its company: 1, 2, 3 ... without gaps, the same everywhere';
COMMENT ON COLUMN event_log.command_step IS 'place of the event among the events of its command, from 0';
COMMENT ON COLUMN event_log.fingerprint IS 'SHA-256 of the body of the command, on its first event';
COMMENT ON COLUMN event_log.payload IS 'canonical JSON, kept as the bytes that were hashed';
COMMENT ON COLUMN event_log.recorded_at IS 'clock of the database, never decreasing in the order of the log';

CREATE VIEW events WITH (security_invoker = true) AS
SELECT global_index,
       company_id,
       company_seq,
       event_id,
       aggregate_type,
       aggregate_id,
       sequence,
       employee_id,
       command_id,
       command_step,
       encode(fingerprint, 'hex') AS fingerprint,
       payload_type,
       payload_revision,
       convert_from(payload, 'UTF8')::jsonb AS payload,
       convert_from(metadata, 'UTF8')::jsonb AS metadata,
       recorded_at
FROM event_log;

-- Says whether two numbers of a company can be compared. It changes when the log is not the one that it was:
-- restored, copied back, truncated. The server's identifier tells a copy that was loaded into another one.
CREATE TABLE log_epoch (
    only_row          boolean NOT NULL DEFAULT true CHECK (only_row),
    epoch             uuid    NOT NULL DEFAULT gen_random_uuid(),
    system_identifier bigint  NOT NULL,
    CONSTRAINT log_epoch_pkey PRIMARY KEY (only_row)
);

INSERT INTO log_epoch (system_identifier) SELECT system_identifier FROM pg_control_system();

-- The second wall behind the query filters. The roles exist where the migrating user was allowed to make them.
ALTER TABLE event_log ENABLE ROW LEVEL SECURITY;
ALTER TABLE subject_key ENABLE ROW LEVEL SECURITY;

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'attendance_stream') THEN
        GRANT SELECT, INSERT ON event_log TO attendance_stream;
        GRANT SELECT ON events TO attendance_stream;
        GRANT SELECT, UPDATE ON log_epoch TO attendance_stream;
        CREATE POLICY stream ON event_log TO attendance_stream USING (true) WITH CHECK (true);
        CREATE POLICY stream ON subject_key TO attendance_stream USING (true) WITH CHECK (true);
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'attendance_reader') THEN
        GRANT SELECT ON event_log, subject_key, log_epoch TO attendance_reader;
        CREATE POLICY own_company ON event_log FOR SELECT TO attendance_reader
            USING (company_id = current_setting('attendance.company', true));
        CREATE POLICY own_company ON subject_key FOR SELECT TO attendance_reader
            USING (company_id = current_setting('attendance.company', true));
    END IF;
END
$$;

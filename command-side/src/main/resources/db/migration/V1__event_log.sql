-- Roles: an owner migrates; attendance_stream appends and projects; attendance_reader reads one company
-- at a time. An installation whose user may not create roles goes without them, or makes them beforehand.
DO $$
DECLARE
    wanted text;
BEGIN
    FOREACH wanted IN ARRAY ARRAY['attendance_stream', 'attendance_reader'] LOOP
        BEGIN
            EXECUTE format('CREATE ROLE %I NOLOGIN', wanted);
        EXCEPTION
            -- unique_violation: two databases of one cluster migrate at the same moment
            WHEN duplicate_object OR unique_violation THEN NULL;
            WHEN insufficient_privilege THEN
                RAISE NOTICE 'role % was not created: %', wanted, SQLERRM;
        END;
        BEGIN
            IF NOT pg_has_role(current_user, wanted, 'MEMBER') THEN
                EXECUTE format('GRANT %I TO %I', wanted, current_user);
            END IF;
        EXCEPTION
            WHEN undefined_object OR insufficient_privilege OR unique_violation THEN
                RAISE NOTICE 'role % was not granted to %: %', wanted, current_user, SQLERRM;
        END;
    END LOOP;
END
$$;

CREATE TABLE event_log (
    global_index     bigint      NOT NULL,
    event_id         uuid        NOT NULL,
    aggregate_type   text        NOT NULL COLLATE "C",
    aggregate_id     text        NOT NULL COLLATE "C",
    sequence         bigint      NOT NULL CHECK (sequence >= 0),
    company_id       text        NOT NULL COLLATE "C",
    employee_id      text        NOT NULL COLLATE "C",
    command_id       text        NOT NULL COLLATE "C",
    command_step     smallint    NOT NULL CHECK (command_step >= 0),
    fingerprint      bytea       CHECK (fingerprint IS NULL OR (command_step = 0 AND octet_length(fingerprint) = 32)),
    payload_type     text        NOT NULL COLLATE "C",
    payload_revision text        COLLATE "C",
    payload          bytea       NOT NULL,
    metadata         bytea       NOT NULL,
    recorded_at      timestamptz NOT NULL,
    CONSTRAINT event_log_pkey PRIMARY KEY (global_index),
    CONSTRAINT event_log_event_id_key UNIQUE (event_id),
    CONSTRAINT event_log_sequence_key UNIQUE (aggregate_id, sequence),
    CONSTRAINT event_log_command_key UNIQUE (company_id, employee_id, command_id, command_step)
);

-- Append-only and in the order of recorded_at, which is what BRIN is for.
CREATE INDEX event_log_recorded_at ON event_log USING brin (recorded_at);

COMMENT ON TABLE event_log IS
    'The log. Whoever inserts holds advisory lock 7311142570156650343 and moves event_log_head in the same transaction, so that indexes are dense and index order is commit order.';
COMMENT ON COLUMN event_log.global_index IS 'place in the order of the whole log: 1, 2, 3 ... without gaps';
COMMENT ON COLUMN event_log.command_step IS 'place of the event among the events of its command, from 0';
COMMENT ON COLUMN event_log.fingerprint IS 'SHA-256 of the body of the command, on its first event';
COMMENT ON COLUMN event_log.payload IS 'canonical JSON, kept as the bytes that were hashed';
COMMENT ON COLUMN event_log.recorded_at IS 'clock of the database, never decreasing in the order of the log';

-- One row, updated with every commit: room on the page keeps the updates heap-only.
CREATE TABLE event_log_head (
    only_row         boolean     NOT NULL DEFAULT true CHECK (only_row),
    last_index       bigint      NOT NULL,
    last_recorded_at timestamptz NOT NULL,
    CONSTRAINT event_log_head_pkey PRIMARY KEY (only_row)
) WITH (fillfactor = 10);

INSERT INTO event_log_head (last_index, last_recorded_at) VALUES (0, 'epoch');

-- Only for the stock storage engine, which leaves gaps; the group-committing writer never touches it.
CREATE SEQUENCE event_log_stock_index AS bigint;

CREATE TABLE subject_key (
    company_id   text        NOT NULL COLLATE "C",
    employee_id  text        NOT NULL COLLATE "C",
    category     text        NOT NULL COLLATE "C",
    secret       bytea       CHECK (octet_length(secret) IN (16, 32)),
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp(),
    destroyed_at timestamptz,
    CONSTRAINT subject_key_pkey PRIMARY KEY (company_id, employee_id, category),
    CONSTRAINT subject_key_destroyed CHECK ((secret IS NULL) = (destroyed_at IS NOT NULL))
);

COMMENT ON TABLE subject_key IS
    'AES keys of personal data. Erasure sets secret to null; the row stays so that the key is not made again.';

CREATE VIEW events WITH (security_invoker = true) AS
SELECT global_index,
       event_id,
       aggregate_type,
       aggregate_id,
       sequence,
       company_id,
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

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'attendance_stream') THEN
        GRANT SELECT, INSERT ON event_log TO attendance_stream;
        GRANT SELECT, UPDATE ON event_log_head TO attendance_stream;
        GRANT SELECT, INSERT, UPDATE ON subject_key TO attendance_stream;
        GRANT SELECT ON events TO attendance_stream;
        GRANT USAGE, SELECT, UPDATE ON SEQUENCE event_log_stock_index TO attendance_stream;
    END IF;
END
$$;

// Drives a release that runs in demo mode on an empty data directory, and keeps what it answered and stored:
//   node node/last-release.mjs http://localhost:18080 <its data directory> src/test/resources/upgrade
// psql is needed; how the release is started says the README beside the result.
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { io } from 'socket.io-client';

const [base, data, out] = process.argv.slice(2);
const SECRET = 'system-tests-0123456789-0123456789-abcdef';
const HOUR = 3_600_000;
const commands = [];

const base64 = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
function token(companyId, id, role) {
  const now = Math.floor(Date.now() / 1000);
  const content = `${base64({ alg: 'HS256', typ: 'JWT' })}.${base64({ id, role, companyId, iat: now - 1, exp: now + 3600 })}`;
  return `${content}.${createHmac('sha256', SECRET).update(content).digest('base64url')}`;
}

async function request(company, id, role, path, body, key) {
  const answer = await fetch(`${base}/api/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${token(company, id, role)}`,
      ...(body && { 'content-type': 'application/json' }),
      ...(key && { 'idempotency-key': key }),
    },
    body: body && JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

// A command is sent once more now and then: its repeat stores nothing.
let sent = 0;
async function command(company, id, role, path, body, key) {
  const answer = await request(company, id, role, path, body, key);
  if (answer.status >= 300) throw new Error(`${path} ${JSON.stringify(body)}: ${JSON.stringify(answer.body)}`);
  if (++sent % 5 === 0) {
    const again = await request(company, id, role, path, body, key);
    if (JSON.stringify(again) !== JSON.stringify(answer)) throw new Error(`${path} ${key} was answered anew`);
  }
  commands.push({ company, id, role, path, body, key, status: answer.status, answer: answer.body });
  return answer.body;
}

async function socket(company, id, act) {
  const client = io(base, { auth: { token: token(company, id, 'employee') }, transports: ['websocket'], forceNew: true });
  await new Promise((resolve, reject) => client.once('connect', resolve).once('connect_error', reject));
  const ask = async (event, payload) => {
    const answer = await client.timeout(10_000).emitWithAck(event, payload);
    if (!answer.ok) throw new Error(`${event}: ${JSON.stringify(answer)}`);
    commands.push({ company, id, role: 'employee', event, payload, answer });
    return answer;
  };
  await act(ask);
  client.close();
}

const ago = (hours) => new Date(Date.now() - hours * HOUR).toISOString();
const place = { lat: 40.4168, lng: -3.7038, accuracy: 12.5 };

async function company(name, people) {
  const [anna, ben, carla, dev, emi, fox, gil] = people;
  const tell = (id, role, path, body, key) => command(name, id, role, path, body, encodeURIComponent(`${name}:${key}`));
  const punch = (id, type, key, more = {}) => tell(id, 'employee', '/punches', { type, ...more }, `${id}-${key}`);
  const leave = (id, from, to, reason) => tell(id, 'employee', '/leave-requests', { leaveType: 'annual', startDate: from, endDate: to, ...(reason && { reason }) }, `${id}-leave-${from}`);
  const decide = (answer, how, body) => tell('boss', 'manager', `/leave-requests/${answer.leaveId}:${how}`, body, `${answer.leaveId}-${how}`);
  const correct = (sessionId, body) => tell('boss', 'manager', '/corrections', { sessionId, ...body }, `${sessionId}-correction-${sent}`);

  if (name !== 'demo') {
    const zones = ['Europe/Madrid', 'America/New_York', 'Asia/Tokyo', null];
    for (const [i, id] of people.slice(0, 5).entries()) {
      await tell('hr', 'hr', '/employees', { employeeId: id, displayName: `${id} Pérez`, departmentId: i % 2 ? 'yard' : 'office', siteId: i % 2 ? 'north' : null, zone: zones[i % 4] }, `${id}-registration`);
    }
  }
  // Three sessions, the last one open; the first corrected twice.
  const first = await punch(anna, 'IN', 'in-1', { occurredAt: ago(0.001), location: place });
  await punch(anna, 'OUT', 'out-1', { location: place });
  await punch(anna, 'IN', 'in-2');
  await punch(anna, 'OUT', 'out-2');
  await correct(first.sessionId, { punchInTime: ago(5), punchOutTime: ago(3), reason: 'The door was broken' });
  await correct(first.sessionId, { punchOutTime: ago(2) });
  await punch(anna, 'IN', 'in-3', { location: place });
  // Made without a connection, one of them refused.
  const offline = [['IN', 40], ['OUT', 32], ['IN', 20], ['OUT', 12]].map(([type, hours]) => ({ type, occurredAt: ago(hours), location: place, commandId: `${name}:${ben}-${type}-${hours}` }));
  await tell(ben, 'employee', '/punches:batch', { offline: true, items: [...offline, { type: 'OUT', occurredAt: ago(30), commandId: `${name}:${ben}-late` }] });
  await punch(ben, 'IN', 'in-now');
  // By others, and ended by a correction.
  await tell('hr', 'hr', '/punches', { type: 'IN', employeeId: carla, zone: 'Europe/Lisbon' }, `${carla}-in`);
  await tell('hr', 'hr', '/punches', { type: 'OUT', employeeId: carla }, `${carla}-out`);
  await tell('gate', 'integration', '/punches', { type: 'IN', employeeId: carla, offline: true, occurredAt: new Date().toISOString() }, `${carla}-in-2`);
  const open = await tell('hr', 'hr', '/punches', { type: 'IN', employeeId: dev, offline: true, occurredAt: ago(9) }, `${dev}-in`);
  await correct(open.sessionId, { punchOutTime: ago(1), reason: 'Went home' });
  await socket(name, emi, async (ask) => {
    await ask('punch_in', { employeeId: emi, timestamp: new Date().toISOString(), location: place, commandId: `${name}:${emi}-in` });
    await ask('punch_out', { employeeId: emi, timestamp: new Date().toISOString(), commandId: `${name}:${emi}-out` });
    await ask('leave_request', { employeeId: emi, leaveType: 'sick', startDate: '2092-02-01', endDate: '2092-02-03', reason: 'Rest', commandId: `${name}:${emi}-leave` });
  });
  if (name !== 'demo') {
    // Whoever nobody registered is enrolled by a punch; better facts may follow once.
    await punch(fox, 'IN', 'in');
    await tell('hr', 'hr', '/employees', { employeeId: fox, displayName: 'Fox Õunapuu', zone: 'Asia/Tokyo' }, `${fox}-registration`);
    await leave(gil, '2091-01-02', '2091-01-03');
  }
  await decide(await leave(anna, '2020-05-04', '2020-05-08', 'Wedding'), 'approve', { comment: 'Enjoy' });
  await decide(await leave(anna, '2090-05-04', '2090-05-08'), 'approve', {});
  await decide(await leave(ben, '2090-06-01', '2090-06-01', 'Moving'), 'reject', { comment: 'Too many are away' });
  await leave(ben, '2090-07-01', '2090-07-09', 'Family');
  const withdrawn = await leave(carla, '2090-08-01', '2090-08-02', 'Perhaps');
  await tell(carla, 'employee', `/leave-requests/${withdrawn.leaveId}:withdraw`, {}, `${carla}-withdrawal`);
}

// One line a row in psql's own text form, which COPY reads.
const database = {
  PGPASSWORD: readFileSync(join(data, 'postgres.password'), 'utf8').trim(),
  PGHOST: '127.0.0.1',
  PGPORT: readFileSync(join(data, 'postgres/postmaster.pid'), 'utf8').split('\n')[3].trim(),
  PGUSER: 'postgres',
  PGDATABASE: 'attendance',
};
const sql = (text) => execFileSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-c', text], { env: { ...process.env, ...database }, encoding: 'utf8', maxBuffer: 1 << 28 });

function dump() {
  const tables = sql(`SELECT table_name || '|' || string_agg(column_name, ', ' ORDER BY ordinal_position)
    FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
    WHERE table_schema = 'public' AND table_type = 'BASE TABLE' GROUP BY table_name ORDER BY table_name COLLATE "C"`);
  return tables.trim().split('\n').map((line) => {
    const [table, columns] = line.split('|');
    return `COPY ${table} (${columns}) FROM STDIN\n${sql(`COPY (SELECT ${columns} FROM ${table} ORDER BY ${columns.split(', ').slice(0, 4)}) TO STDOUT`)}\\.\n`;
  }).join('');
}

const companies = {
  demo: ['carmen-vidal', 'alvaro-castro', 'irene-molina', 'diego-ferrer', 'nuria-pascual', 'lucia-romero', 'hugo-navarro'],
  acme: ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'],
  'Zürich AG': ['e1', 'e2', 'ü-3', 'e4', 'e5', 'e6', 'e7'],
  wrecked: ['e1', 'e2', 'e3', 'e4', 'e5', 'e6', 'e7'],
};
// What a client library gives back when it reconnects by itself.
const manager = io(base, { auth: { token: token('acme', 'boss', 'manager') }, transports: ['websocket'] });
await new Promise((resolve, reject) => manager.once('connect', resolve).once('connect_error', reject));
await Promise.all(Object.entries(companies).map(([name, people]) => company(name, people)));

// An event that nobody can read parks its employee.
sql(`CREATE FUNCTION wreck() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.payload := '{"wrecked": true}'; RETURN NEW; END $$;
  CREATE TRIGGER wreck BEFORE INSERT ON event_log FOR EACH ROW WHEN (NEW.payload_type LIKE '%PunchedIn') EXECUTE FUNCTION wreck()`);
await command('wrecked', 'e6', 'employee', '/punches', { type: 'OUT' }, 'wrecked:e6-out');
await command('wrecked', 'e6', 'employee', '/punches', { type: 'IN' }, 'wrecked:e6-wrecked');
sql('DROP TRIGGER wreck ON event_log; DROP FUNCTION wreck()');

const answers = {};
for (const name of Object.keys(companies)) {
  const list = async (path) => (await request(name, 'boss', 'auditor', path)).body;
  const head = Number(sql(`SELECT count(*) FROM event_log WHERE company_id = '${name}'`));
  for (let parked = false; !parked && name === 'wrecked'; ) {
    parked = (await list('/presence?employeeId=e6')).items[0].presence === 'UNKNOWN';
  }
  await new Promise((resolve) => setTimeout(resolve, 1000));
  answers[name] = { events: head, feed: await list('/feed?limit=500') };
  for (const path of ['punches', 'sessions', 'leave-requests', 'presence', 'employees']) {
    answers[name][path] = (await list(`/${path}?limit=500`)).items;
  }
}
const recovery = { company: 'acme', id: 'boss', pid: manager._pid, offset: manager._lastOffset };
manager.close();
const lines = (object, one) => Object.entries(object).map(one).join(',\n');
writeFileSync(join(out, 'answers.json'), `{"recovery": ${JSON.stringify(recovery)},\n"companies": {\n${lines(answers, ([name, lists]) =>
  `${JSON.stringify(name)}: {\n${lines(lists, ([path, items]) => `${JSON.stringify(path)}: ${Array.isArray(items) ? `[\n${items.map((each) => JSON.stringify(each)).join(',\n')}]` : JSON.stringify(items)}`)}}`)}},\n"commands": [\n${commands.map((each) => JSON.stringify(each)).join(',\n')}]}\n`);
writeFileSync(join(out, 'database.txt.gz'), gzipSync(dump(), { level: 9 }));
console.log(`${sent} commands over REST, ${sql('SELECT count(*) FROM event_log').trim()} events`);

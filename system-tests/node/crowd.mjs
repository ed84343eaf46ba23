// Many people at once, each on a socket of their own with the socket.io-client that applications
// use: all connect, each employee punches in once, and what everybody heard is told in sums.
import { io } from 'socket.io-client';

const MOST_FAULTS = 20;

export async function crowd({ url, companies, inFlight, timeout }) {
  const faults = [];
  const fault = (text) => faults.length < MOST_FAULTS && faults.push(text);
  const waiting = new Set();
  const until = (what, fits) =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => reject(new Error(`not in time: ${what()}`)), timeout);
      const look = () => {
        if (!fits()) return;
        clearTimeout(limit);
        waiting.delete(look);
        resolve();
      };
      waiting.add(look);
      look();
    });

  const people = companies.flatMap((company) => [
    ...company.managers.map((person) => ({ ...person, company, manager: true })),
    ...company.employees.map((person) => ({ ...person, company, manager: false })),
  ]);
  const managers = people.filter((person) => person.manager);
  const employees = people.filter((person) => !person.manager);
  let confirmed = 0;
  let deliveries = 0;

  function heard(person, event, payload) {
    const text = JSON.stringify(payload ?? null);
    const about = payload?.employeeId;
    if (companies.some((other) => other !== person.company && text.includes(`${other.id}-`))) {
      fault(`${person.id} heard of another company: ${event} ${text}`);
    }
    if (!person.manager && about !== undefined && about !== person.id) {
      fault(`${person.id} heard of a colleague: ${event} ${text}`);
    }
    if (event === 'error' && payload.code !== 'UNKNOWN_EVENT') fault(`${person.id} heard ${text}`);
    if (event === 'punch_in_confirmed') confirmed += 1;
    if (person.manager && event.startsWith('attendance_punch_')) {
      const what = `${event} ${about}`;
      if (person.heard.has(what)) fault(`${person.id} heard twice: ${what}`);
      person.heard.add(what);
      if (event === 'attendance_punch_in') deliveries += 1;
    }
    waiting.forEach((look) => look());
  }

  function connect(person) {
    person.heard = new Set();
    person.socket = io(url, {
      auth: { token: person.token },
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
    });
    person.socket.onAny((event, ...args) => heard(person, event, args[0]));
    return new Promise((resolve, reject) => {
      person.socket.on('connect', resolve);
      person.socket.on('connect_error', (error) => reject(new Error(`${person.id}: ${error.message}`)));
    });
  }

  const punch = (person, event) =>
    person.socket.emit(event, {
      employeeId: person.id,
      timestamp: new Date().toISOString(),
      location: { lat: 40.4168, lng: -3.7038, accuracy: 12 },
      commandId: `${person.id}-${event}`,
    });

  try {
    const arriving = [...people];
    const door = async () => {
      for (let next = arriving.shift(); next; next = arriving.shift()) await connect(next);
    };
    await Promise.all(Array.from({ length: inFlight }, door));

    employees.forEach((person) => punch(person, 'punch_in'));
    const expected = companies.reduce((sum, each) => sum + each.managers.length * each.employees.length, 0);
    await until(
      () => `${confirmed} of ${employees.length} confirmed, ${deliveries} of ${expected} heard by managers`,
      () => confirmed >= employees.length && deliveries >= expected,
    );

    // One more punch in each company comes after all the others, and an answer after all that its socket heard.
    for (const company of companies) {
      punch(employees.find((person) => person.company === company), 'punch_out');
    }
    const last = (company) => `attendance_punch_out ${company.employees[0].id}`;
    await until(
      () => 'the last punch of each company',
      () => managers.every((person) => person.heard.has(last(person.company))),
    );
    await Promise.all(people.map((person) => person.socket.timeout(timeout).emitWithAck('no_such_event', {})));

    for (const person of managers) {
      for (const employee of person.company.employees) {
        if (!person.heard.has(`attendance_punch_in ${employee.id}`)) fault(`${person.id} missed ${employee.id}`);
      }
    }
    const connected = people.filter((person) => person.socket.connected).length;
    return { connected, confirmed, deliveries, faults };
  } finally {
    people.forEach((person) => person.socket?.disconnect());
  }
}

import { describe, expect, it } from 'vitest';
import {
  ago,
  clockTime,
  coordinates,
  dateRange,
  daysBetween,
  elapsed,
  initials,
  nameOf,
  sentence,
  since,
  stopwatch,
  titled,
  workedTime,
} from './words';

const at = (text: string) => Date.parse(text);

describe('times', () => {
  it('are those of the site', () => {
    expect(clockTime('2026-11-22T08:02:00Z', 'Europe/Madrid')).toBe('09:02');
    expect(clockTime('2026-11-22T08:02:00Z', 'America/Mexico_City')).toBe('02:02');
    expect(clockTime('2026-11-22T08:02:00Z', 'Mars/Olympus')).toBe('08:02');
  });

  it('name the day when it is not the same local day', () => {
    const now = at('2026-11-22T23:30:00Z');
    expect(since('2026-11-22T22:00:00Z', 'Europe/Madrid', now)).toBe('Sun 23:00');
    expect(since('2026-11-22T22:00:00Z', 'America/Mexico_City', now)).toBe('16:00');
    expect(since('2026-10-02T10:00:00Z', 'Europe/Madrid', now)).toBe('2 Oct, 12:00');
  });

  it.each([
    [30_000, 'now', 'now'],
    [60_000, '1 min', '1 min'],
    [72 * 60_000, '1 h 12 min', '1 h'],
    [3_600_000, '1 h 00 min', '1 h'],
    [48 * 3_600_000 - 1, '47 h 59 min', '47 h'],
    [48 * 3_600_000, '2 d', '2 d'],
    [60 * 3_600_000, '2 d', '2 d'],
    [-5_000, 'now', 'now'],
  ])('of %i ms ago are %s, roughly %s', (milliseconds, exact, rough) => {
    expect(elapsed(at('2026-11-22T08:00:00Z'), at('2026-11-22T08:00:00Z') + milliseconds)).toBe(exact);
    expect(ago(at('2026-11-22T08:00:00Z'), at('2026-11-22T08:00:00Z') + milliseconds)).toBe(rough);
  });

  it('run on as a stopwatch', () => {
    expect(stopwatch('2026-11-22T08:00:00Z', at('2026-11-22T15:04:09Z'))).toBe('7:04:09');
    expect(stopwatch('2026-11-22T08:00:00Z', at('2026-11-22T07:59:59Z'))).toBe('0:00:00');
    expect(workedTime('2026-11-22T08:00:00Z', '2026-11-22T15:04:09Z')).toBe('7 h 04 min');
  });
});

describe('dates', () => {
  it('show a range with as much as it needs', () => {
    expect(dateRange('2026-11-23', '2026-11-23', 2026)).toBe('23 Nov');
    expect(dateRange('2026-11-23', '2026-11-27', 2026).replace(/\s/g, ' ')).toBe('23 – 27 Nov');
    expect(dateRange('2026-12-30', '2027-01-02', 2026)).toContain('2027');
  });

  it('count both ends, across the change of the clocks', () => {
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(3);
    expect(daysBetween('2026-11-23', '2026-11-23')).toBe(1);
  });
});

describe('words', () => {
  it('are made of names and ids', () => {
    expect(initials('Álvaro de la Fuente')).toBe('ÁF');
    expect(initials('emp-1')).toBe('E');
    expect(initials('')).toBe('');
    expect(titled('madrid-hq')).toBe('Madrid HQ');
    expect(titled('bogota')).toBe('Bogotá');
    expect(sentence('ANNUAL_LEAVE')).toBe('Annual leave');
    expect(coordinates(40.41678, -3.70379)).toBe('40.4168, −3.7038');
  });
});

describe('a name', () => {
  const shown = (displayName: string) => nameOf({ displayName, employeeId: 'e1' });

  it.each(['', '   ', '\u200b\u2060', '\u202e'])('that nobody can see, %j, is the id', (name) => {
    expect(shown(name)).toBe('e1');
  });

  it('turns nothing round, and keeps its own direction', () => {
    expect(shown('Ana \u202egnorw')).toBe('Ana gnorw');
    expect(shown('ليلى حداد')).toBe('ليلى حداد');
  });
});

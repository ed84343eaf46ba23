import { expect, it } from 'vitest';
import { problemOf } from './leaveDates';

const now = new Date('2026-11-28T12:00:00Z');
const problem = (startDate: string, endDate = startDate) => problemOf({ startDate, endDate }, now);

it.each(['2026-11-28', '2026-10-01', '2027-08-01', ''])('nothing is wrong with %s', (date) => {
  expect(problem(date)).toBeNull();
});

it.each(['2025-03-01', '2018-03-01', '2031-01-02'])('%s is asked about', (date) => {
  expect(problem(date)).toMatchObject({ field: 'startDate', canBeMeant: true, message: expect.stringContaining(date) });
});

it.each(['0001-01-01', '2015-12-31', '9999-01-01', '22026-11-28'])('%s cannot be meant, and the years that can are named', (date) => {
  expect(problem(date)).toMatchObject({ canBeMeant: false, message: expect.stringContaining('2016 to 2036') });
});

it('the field at fault is named', () => {
  expect(problem('2026-12-02', '2026-12-01')).toMatchObject({ field: 'endDate', canBeMeant: false });
  expect(problem('2026-12-02', '2029-12-01')).toMatchObject({ field: 'endDate', canBeMeant: true });
});

export interface DateProblem {
  field: 'startDate' | 'endDate';
  message: string;
  /** Unusual, but possible: the person is asked and may say yes. */
  canBeMeant: boolean;
}

const DAY_MS = 86_400_000;
const USUAL_BEFORE_DAYS = 92;
const USUAL_AFTER_DAYS = 550;
const YEARS_BEFORE = 10;
const YEARS_AFTER = 10;

/**
 * What is wrong or strange about the days; null when nothing is, or while they are not complete.
 *
 * @param now by the server's clock
 */
export function problemOf({ startDate, endDate }: { startDate: string; endDate: string }, now: Date): DateProblem | null {
  const dates = [
    ['startDate', startDate],
    ['endDate', endDate],
  ] as const;
  for (const [field, date] of dates) {
    const problem = date === '' ? null : yearProblem(field, date, now);
    if (problem !== null) {
      return problem;
    }
  }
  if (startDate === '' || endDate === '') {
    return null;
  }
  if (endDate < startDate) {
    return { field: 'endDate', message: 'The last day is before the first.', canBeMeant: false };
  }
  return dates.map(([field, date]) => distanceProblem(field, date, now)).find((problem) => problem !== null) ?? null;
}

function yearProblem(field: DateProblem['field'], date: string, now: Date): DateProblem | null {
  const year = Number(date.slice(0, date.indexOf('-', 1)));
  const [first, last] = [now.getUTCFullYear() - YEARS_BEFORE, now.getUTCFullYear() + YEARS_AFTER];
  if (year >= first && year <= last) {
    return null;
  }
  return { field, message: `The year ${year} cannot be right: enter one from ${first} to ${last}.`, canBeMeant: false };
}

function distanceProblem(field: DateProblem['field'], date: string, now: Date): DateProblem | null {
  const days = (Date.parse(`${date}T12:00:00Z`) - now.getTime()) / DAY_MS;
  if (days >= -USUAL_BEFORE_DAYS && days <= USUAL_AFTER_DAYS) {
    return null;
  }
  const distance = days < 0 ? 'long past' : 'far ahead';
  return { field, message: `${date} is ${distance}. Is that the day you mean?`, canBeMeant: true };
}

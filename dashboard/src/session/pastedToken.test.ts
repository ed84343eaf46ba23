import { expect, it } from 'vitest';
import { tokenOf } from '../testing/tokens';
import { readPasted } from './pastedToken';

const now = Date.parse('2026-11-22T09:00:00Z');
const claims = { sub: 'e1', role: 'manager', companyId: 'c1', exp: now / 1000 + 60 };
const token = tokenOf(claims);

it.each([token, `  ${token}\n`, `Bearer ${token}`, `Authorization: bearer ${token}`, `"${token}"`, `${token.slice(0, 20)}\n${token.slice(20)}`])(
  'a token is found in %j',
  (text) => {
    expect(readPasted(text, now)).toMatchObject({ kind: 'person', person: { token, role: 'MANAGER' } });
  },
);

it.each([
  ['hello', 'not an access token'],
  [tokenOf({ ...claims, role: 'wizard' }), 'WIZARD'],
  [tokenOf({ ...claims, exp: now / 1000 - 2 * 86_400 }), 'expired'],
])('%s is refused for what is wrong with it', (text, words) => {
  expect(readPasted(text, now)).toMatchObject({ kind: 'problem', problem: expect.stringContaining(words) });
});

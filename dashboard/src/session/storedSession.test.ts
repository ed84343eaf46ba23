import { describe, expect, it } from 'vitest';
import { MemoryStorage } from '../testing/memoryStorage';
import { person } from '../testing/samples';
import { tokenOf } from '../testing/tokens';
import { forgetSession, loadSession, personOf, storeSession } from './storedSession';

describe('the stored session', () => {
  it('survives a reload of the window and is forgotten at sign-out', () => {
    const storage = new MemoryStorage();
    storeSession(person('MANAGER'), storage);
    expect(storage.getItem('authToken')).toBe('t1');
    expect(loadSession(storage)).toEqual(person('MANAGER'));
    forgetSession(storage);
    expect(loadSession(storage)).toBeNull();
  });
});

describe('a pasted token', () => {
  it.each([
    [
      { id: 7, role: 'manager', companyId: 'c1' },
      { employeeId: '7', role: 'MANAGER', displayName: '7' },
    ],
    [
      { sub: 'u1', employeeId: 'e1', companyId: 'c1' },
      { employeeId: 'e1', role: 'EMPLOYEE' },
    ],
    [
      { sub: 'e1', name: 'Lucía Muñoz', role: 'HR', companyId: 'c1' },
      { displayName: 'Lucía Muñoz', role: 'HR' },
    ],
  ])('%o says whom to show', (claims, expected) => {
    expect(personOf(tokenOf(claims))).toMatchObject(expected);
  });

  it.each(['', 'abc', 'a.b.c', tokenOf({ id: 'e1' }), tokenOf({ companyId: 'c1' })])('%s is none', (text) => {
    expect(personOf(text)).toBeNull();
  });
});

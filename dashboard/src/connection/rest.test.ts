import { afterEach, expect, it, vi } from 'vitest';
import { leave, row, session } from '../testing/samples';
import { fetchOwnRecords } from './rest';

afterEach(() => vi.unstubAllGlobals());

function answering(numbers: Record<string, number>, items: Record<string, unknown[]>) {
  const fetch = vi.fn(async (url: string, _init: RequestInit) => {
    const list = /v1\/([a-z-]+)/.exec(url)![1]!;
    return Response.json({ items: items[list], nextCursor: null, asOf: { validAt: '', knownAt: '', seq: numbers[list] } });
  });
  vi.stubGlobal('fetch', fetch);
  return fetch;
}

const items = { sessions: [session('ws-1')], 'leave-requests': [leave('lv-1')], presence: [row('e1')] };

it('own records are of the smallest number that one of the lists had reached', async () => {
  answering({ sessions: 9, 'leave-requests': 8, presence: 7 }, items);
  expect(await fetchOwnRecords('t1', 'e1')).toEqual({
    seq: 7,
    sessions: items.sessions,
    leave: items['leave-requests'],
    presence: items.presence[0],
  });
});

it('own records are never taken from what the browser keeps', async () => {
  const fetch = answering({ sessions: 9, 'leave-requests': 9, presence: 9 }, items);
  await fetchOwnRecords('t1', 'e1');
  expect(fetch.mock.calls.map(([, init]) => init.cache)).toEqual(['no-store', 'no-store', 'no-store']);
});

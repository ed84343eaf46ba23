import { expect, it } from 'vitest';

/** From the bottom: a folder imports only from folders below it. */
const LAYERS = ['time', 'protocol', 'ui', 'state', 'outbox', 'connection', 'session', 'clock', 'leave', 'board', 'app'];

const sources = import.meta.glob<string>('./*/**/*.{ts,tsx}', { query: '?raw', import: 'default', eager: true });
const folderOf = (path: string) => path.split('/')[1]!;
const product = Object.entries(sources).filter(
  ([path]) => !path.includes('.test.') && !path.startsWith('./testing/'),
);

it('every folder has its layer', () => {
  expect(new Set(product.map(([path]) => folderOf(path)))).toEqual(new Set(LAYERS));
});

it('no folder imports from one above it', () => {
  const upwards = product.flatMap(([path, text]) =>
    [...text.matchAll(/from '\.\.\/([a-z]+)\//g)]
      .filter(([, imported]) => LAYERS.indexOf(imported!) > LAYERS.indexOf(folderOf(path)))
      .map(([, imported]) => `${path} imports ${imported}`),
  );
  expect(upwards).toEqual([]);
});

it('no file is too long to be read at once', () => {
  expect(product.filter(([, text]) => text.split('\n').length > 251).map(([path]) => path)).toEqual([]);
});

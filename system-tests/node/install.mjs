// Installs what package-lock.json names, and nothing when it has not changed since.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const lock = createHash('sha256').update(readFileSync(join(home, 'package-lock.json'))).digest('hex');
const mark = join(home, 'node_modules', '.installed-lock');

if (existsSync(mark) && readFileSync(mark, 'utf8') === lock) process.exit(0);

// On Windows npm is a script and needs a shell.
const run = spawnSync('npm', ['ci', '--no-audit', '--no-fund'], {
  cwd: home,
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
if (run.error) console.error(`npm cannot be started: ${run.error.message}`);
if (run.status !== 0) process.exit(run.status ?? 1);
writeFileSync(mark, lock);

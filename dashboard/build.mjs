// Builds or tests the dashboard for Maven: `node build.mjs [build|test]`.
// Nothing is downloaded while package-lock.json stays the same, and nothing is
// bundled while the inputs stay the same, so a repeated build works offline.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));

/** Scripts and styles of the page as they travel: what a phone has to load before somebody can punch. */
const PAGE_BYTES_AT_MOST = 250 * 1024;

const [major, minor] = process.versions.node.split('.').map(Number);
if (!(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19))) {
  fail(
    `The dashboard needs Node.js 20.19, 22.12 or anything later; this is ${process.version} (${process.execPath}). ` +
      'Install a current Node.js from https://nodejs.org or put it first on the PATH.',
  );
}

const task = process.argv[2] ?? 'build';
if (task === 'build') {
  installWhenLockChanged();
  bundleWhenInputsChanged();
} else if (task === 'test') {
  installWhenLockChanged();
  node('typescript', 'bin/tsc', '--noEmit');
  node('vitest', 'vitest.mjs', 'run');
} else {
  fail(`unknown task '${task}'; use build or test`);
}

function installWhenLockChanged() {
  // Kept inside node_modules: it goes when they go, and `mvn clean` keeps both.
  const stamp = join(here, 'node_modules', '.installed-from');
  const wanted = hash([join(here, 'package-lock.json')], `${process.platform} ${process.arch}`);
  if (read(stamp) === wanted) {
    return;
  }
  console.log('dashboard: installing the packages of package-lock.json');
  run('npm', ['ci', '--no-audit', '--no-fund', '--prefer-offline'], { shell: process.platform === 'win32' });
  writeFileSync(stamp, wanted);
}

function bundleWhenInputsChanged() {
  const output = join(here, 'target', 'classes', 'META-INF', 'resources');
  const stamp = join(here, 'target', 'dashboard.inputs');
  const inputs = [
    'build.mjs',
    'index.html',
    'package-lock.json',
    'package.json',
    'public',
    'src',
    'tsconfig.json',
    'vite.config.ts',
  ]
    .flatMap((name) => filesUnder(join(here, name)))
    .filter((file) => !/\.test\.tsx?$/.test(file))
    .sort();
  const wanted = hash(inputs, '');
  if (read(stamp) === wanted && existsSync(join(output, 'index.html'))) {
    console.log('dashboard: nothing changed');
    return;
  }
  rmSync(stamp, { force: true });
  node('typescript', 'bin/tsc', '--noEmit');
  node('vite', 'bin/vite.js', 'build', '--logLevel', 'warn');
  failWhenTooLarge(join(output, 'assets'));
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
  console.log(`dashboard: built into ${relative(process.cwd(), output)}`);
}

function failWhenTooLarge(assets) {
  const bytes = filesUnder(assets)
    .filter((file) => /\.(js|css)$/.test(file))
    .reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0);
  if (bytes > PAGE_BYTES_AT_MOST) {
    fail(`the page is ${bytes} bytes, compressed; ${PAGE_BYTES_AT_MOST} is the most`);
  }
}

function node(packageName, script, ...args) {
  run(process.execPath, [join(here, 'node_modules', packageName, script), ...args], {});
}

function run(command, args, options) {
  const result = spawnSync(command, args, {
    cwd: here,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, CI: 'true', ...(process.stdout.isTTY ? {} : { NO_COLOR: '1' }) },
    ...options,
  });
  if (result.error) {
    fail(`${command} could not be started: ${result.error.message}`);
  }
  if (result.status !== 0) {
    fail(`${[command, ...args].join(' ')} ended with ${result.status ?? result.signal}`);
  }
}

function filesUnder(path) {
  if (!existsSync(path)) {
    return [];
  }
  return statSync(path).isDirectory() ? readdirSync(path).flatMap((name) => filesUnder(join(path, name))) : [path];
}

function hash(files, salt) {
  const digest = createHash('sha256').update(salt);
  for (const file of files) {
    digest.update(relative(here, file).split(sep).join('/')).update('\0').update(readFileSync(file)).update('\0');
  }
  return digest.digest('hex');
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

function fail(message) {
  console.error(`\ndashboard: ${message}\n`);
  process.exit(1);
}

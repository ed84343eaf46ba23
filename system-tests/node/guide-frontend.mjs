// Builds and serves the frontend of the guide, as its deployment does: from an origin of its own.
import { createServer } from 'node:http';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { listen } from './lines.mjs';

const home = join(dirname(fileURLToPath(import.meta.url)), '..', 'guide-frontend');

listen({
  async serve({ wsUrl, port }) {
    const { outputFiles } = await build({
      entryPoints: [join(home, 'src', 'index.jsx')],
      bundle: true,
      write: false,
      define: {
        'process.env.REACT_APP_WS_URL': JSON.stringify(wsUrl),
        'process.env.NODE_ENV': '"production"',
      },
    });
    const files = new Map([
      ['/', ['text/html', await readFile(join(home, 'index.html'))]],
      ['/bundle.js', ['text/javascript', outputFiles[0].contents]],
    ]);
    const server = createServer((request, response) => {
      const file = files.get(new URL(request.url, 'http://any').pathname);
      response.writeHead(file ? 200 : 404, { 'content-type': file?.[0] ?? 'text/plain' });
      response.end(file?.[1]);
    });
    await new Promise((ready, failed) => server.once('error', failed).listen(port, 'localhost', ready));
  },
});

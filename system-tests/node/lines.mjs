// One JSON value a line: commands come in on stdin, what happened goes out on stdout.
import { createInterface } from 'node:readline';

export const tell = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

export function listen(handlers) {
  const input = createInterface({ input: process.stdin, crlfDelay: Infinity });
  input.on('line', async (line) => {
    const command = JSON.parse(line);
    try {
      const value = await handlers[command.op](command);
      if (command.id !== undefined) tell({ kind: 'answer', id: command.id, value: value ?? null });
    } catch (error) {
      const text = String(error?.message ?? error);
      if (command.id === undefined) tell({ kind: 'broken', op: command.op, error: text });
      else tell({ kind: 'answer', id: command.id, error: text });
    }
  });
  // The test process is gone or done: nothing may outlive it.
  input.on('close', () => process.exit(0));
}

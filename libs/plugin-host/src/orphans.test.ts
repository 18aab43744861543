import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

/** A process of its own: the test runner watches for forgotten promises too. */
function run(body: string): { status: number | null; out: string } {
  const guard = new URL('./guard.ts', import.meta.url).href;
  const script = `
    import { createGuard } from '${guard}';
    import { z } from 'zod';
    const log = { info() {}, warn: (fields, text) => console.log(text, JSON.stringify(fields)) };
    const guard = createGuard({ log, clock: { now: () => new Date(0) }, limits: { failures: 2 } });
    const call = (fn) => guard.run({ plugin: 'healthcare', point: 'validate', output: z.array(z.string()), fn });
    const forget = () => { void (async () => { await new Promise((r) => setTimeout(r, 5)); throw new Error('secret of a record'); })(); return []; };
    const pause = (ms) => new Promise((r) => setTimeout(r, ms));
    ${body}`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
    encoding: 'utf8',
    timeout: 15_000,
    cwd: new URL('..', import.meta.url),
  });
  return { status, out: stdout + stderr };
}

describe('a promise that a plug-in forgot', () => {
  it('does not end the process, and counts against its breaker', () => {
    const { status, out } = run(`
      console.log(JSON.stringify(await call(forget)));
      console.log(JSON.stringify(await call(forget)));
      await pause(50);
      console.log(JSON.stringify(await call(() => [])));
      guard.close();`);
    expect(out).toContain('nobody awaited it {"plugin":"healthcare","point":"validate"');
    expect(out).toContain('"why":"open"');
    expect(out).not.toContain('secret of a record');
    expect(status).toBe(0);
  });
  it('is told to its own guard where several share the process, until the last one closes', () => {
    const { status, out } = run(`
      const other = createGuard({ log: { info() {}, warn: () => console.log('the wrong guard') }, clock: { now: () => new Date(0) } });
      await call(forget);
      await pause(50);
      other.close();
      await call(forget);
      await pause(50);
      guard.close();
      guard.close();
      console.log('closed', process.listenerCount('unhandledRejection'));`);
    expect(out.match(/nobody awaited it/g)).toHaveLength(2);
    expect(out).not.toContain('the wrong guard');
    expect(out).toContain('closed 0');
    expect(status).toBe(0);
  });
  it('is ours when no plug-in made it, and ends the process as usual', () => {
    const { status, out } = run(`Promise.reject(new Error('a fault of the node')); await pause(50); console.log('still here');`);
    expect(status).not.toBe(0);
    expect(out).toContain('a fault of the node');
    expect(out).not.toContain('still here');
  });
});

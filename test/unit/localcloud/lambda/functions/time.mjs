import { pbkdf2Sync, randomBytes, subtle } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause, scheduler, setInterval as ticks } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const loadedMs = Date.now();

/** Uses every way to tell and to wait for time; tells when each thing happened. */
export async function handler() {
  const startMs = Date.now();
  const steps = {};
  const note = (name) => {
    steps[name] = Date.now() - startMs;
  };
  const perSecond = performance.now();
  const sinceBoot = process.hrtime.bigint();
  await pause(1000);
  note('timers/promises');
  await scheduler.wait(1000);
  note('scheduler');
  await new Promise((resolve) => setTimeout(resolve, 1000));
  note('setTimeout');
  const cancelled = setTimeout(() => note('cancelled'), 500);
  clearTimeout(cancelled);
  await new Promise((resolve) => {
    let count = 0;
    const timer = setInterval(() => {
      count += 1;
      if (count < 4) return;
      clearInterval(timer);
      resolve();
    }, 250);
  });
  note('setInterval');
  for await (const _ of ticks(1000)) break;
  note('async interval');
  await new Promise((resolve) => AbortSignal.timeout(1000).addEventListener('abort', resolve));
  note('AbortSignal.timeout');
  await readFile(new URL(import.meta.url));
  pbkdf2Sync('secret', 'salt', 1, 16, 'sha256');
  await subtle.digest('SHA-256', randomBytes(8));
  await promisify(gzip)('x'.repeat(100_000));
  await new Promise((resolve) => setImmediate(resolve));
  note('work that takes no virtual time');
  return {
    steps,
    now: new Date().toISOString(),
    text: Date(),
    isDate: new Date() instanceof Date && new Date(5).getTime() === 5 && new Date().constructor === Date,
    loadedMs,
    performanceMs: performance.now() - perSecond,
    hrtimeMs: Number(process.hrtime.bigint() - sinceBoot) / 1e6,
  };
}

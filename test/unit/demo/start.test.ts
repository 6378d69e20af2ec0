import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const start = promisify(execFile);

/** A copy of the starter, in a repository that has nothing else. */
async function bareClone() {
  const top = await mkdtemp(join(tmpdir(), 'understudy-clone-'));
  await mkdir(join(top, 'demo'));
  const starter = join(top, 'demo', 'start.mjs');
  await copyFile(fileURLToPath(new URL('../../../demo/start.mjs', import.meta.url)), starter);
  return { top, starter, [Symbol.asyncDispose]: () => rm(top, { recursive: true }) };
}

it('says in one sentence that npm ci is to be run first', async () => {
  await using clone = await bareClone();

  const refused = start(process.execPath, [clone.starter]);

  await expect(refused).rejects.toMatchObject({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^.* run npm ci first\.\n$/),
  });
});

it('says the same on a Node that cannot run TypeScript', async () => {
  const starter = fileURLToPath(new URL('../../../demo/start.mjs', import.meta.url));

  const refused = start(process.execPath, ['--no-strip-types', starter, '--help'], {
    env: { NODE_OPTIONS: '--no-strip-types' },
  });

  await expect(refused).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('npm ci') });
});

it('hands over to the demonstration once everything is there', async () => {
  await using clone = await bareClone();
  await mkdir(join(clone.top, 'node_modules', 'commander'), { recursive: true });
  await writeFile(
    join(clone.top, 'demo', 'main.ts'),
    'const told: string = "it begins";\nconsole.log(told);\n',
  );

  const started = await start(process.execPath, [clone.starter]);

  expect(started.stdout).toBe('it begins\n');
});

import { Readable } from 'node:stream';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Terminal } from '../../../cli/terminal.ts';

function aTerminal({ isTTY = false, input = [] as readonly (string | Buffer)[], wantsColour = false } = {}) {
  const written: string[] = [];
  const sink = {
    isTTY,
    write: (text: string) => {
      written.push(text);
    },
  };
  const stdin = Object.assign(Readable.from(input), { isTTY });
  return { written, terminal: new Terminal({ stdin, stdout: sink, stderr: sink }, wantsColour) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe('Terminal', () => {
  it.each([
    ['y\n', true],
    ['YES\n', true],
    ['n\n', false],
    ['\n', false],
    ['yesterday\n', false],
    ['', false],
  ])('takes %j for %s', async (answer, expected) => {
    const { terminal } = aTerminal({ input: answer === '' ? [] : [answer] });

    expect(await terminal.confirms('Sure?')).toBe(expected);
  });

  it('reads characters that the end of a chunk cuts in two', async () => {
    const bytes = Buffer.from('rôle');
    const { terminal } = aTerminal({ input: [bytes.subarray(0, 2), bytes.subarray(2)] });

    expect(await terminal.readAll(100)).toBe('rôle');
  });

  it('stops reading at the bound', async () => {
    const { terminal } = aTerminal({ input: ['12345', '67890'] });

    expect(await terminal.readAll(8)).toBeUndefined();
  });

  it('draws progress after a second, and wipes it away', async () => {
    vi.useFakeTimers();
    const { terminal, written } = aTerminal({ isTTY: true });
    const { promise, resolve } = Promise.withResolvers<string>();

    const result = terminal.during('reading', () => promise);
    await vi.advanceTimersByTimeAsync(999);
    expect(written).toEqual([]);
    await vi.advanceTimersByTimeAsync(201);
    resolve('done');

    expect(await result).toBe('done');
    expect(written.join('')).toContain('reading …');
    expect(written.at(-1)).toBe('\r\u001b[2K');
  });

  it('draws nothing where nobody looks', async () => {
    vi.useFakeTimers();
    const { terminal, written } = aTerminal();
    const { promise, resolve } = Promise.withResolvers<void>();

    const result = terminal.during('reading', () => promise);
    await vi.advanceTimersByTimeAsync(5_000);
    resolve();
    await result;

    expect(written).toEqual([]);
  });
});

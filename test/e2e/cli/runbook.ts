import { readFile } from 'node:fs/promises';

/** The commands of one section of the runbook, in their order. */
export interface RunbookSection {
  readonly heading: string;
  readonly commands: readonly string[];
}

/** Reads the commands off the shell blocks of docs/recovery.md; sections without any are left out. */
export async function readRunbook(): Promise<readonly RunbookSection[]> {
  const text = await readFile(new URL('../../../docs/recovery.md', import.meta.url), 'utf8');
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const blocks = [...section.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = '']) => block);
      const commands = blocks.join('').split('\n');
      return {
        heading: section.split('\n')[0] ?? '',
        commands: commands.filter((command) => command !== ''),
      };
    })
    .filter(({ commands }) => commands.length > 0);
}

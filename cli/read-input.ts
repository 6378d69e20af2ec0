import { readFile } from 'node:fs/promises';
import { usageError } from './cli-error.ts';
import type { Terminal } from './terminal.ts';

const textLengthMax = 4 * 1024 * 1024;

/**
 * The text of a file, or of stdin for `-`.
 * @throws CliError `FileTooLong` beyond 4 Mi characters, `FileUnreadable`
 */
export async function readInput(file: string, terminal: Terminal): Promise<string> {
  const text = file === '-' ? await terminal.readAll(textLengthMax) : await fileText(file);
  if (text !== undefined && text.length <= textLengthMax) return text;
  throw usageError(`${inputName(file)} is longer than ${textLengthMax} characters`, 'FileTooLong');
}

/** What to call it in messages. */
export function inputName(file: string): string {
  return file === '-' ? 'stdin' : file;
}

async function fileText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unreadable';
    const why = { ENOENT: 'there is no such file', EISDIR: 'it is a folder', EACCES: 'you may not read it' };
    const words = why[code as keyof typeof why] ?? code;
    throw usageError(`${file} cannot be read: ${words}`, 'FileUnreadable');
  }
}

/** The last part of a command's help: command lines with what they are for, in columns. */
export function examples(lines: readonly (readonly [commandLine: string, purpose: string])[]): string {
  const width = Math.max(...lines.map(([commandLine]) => commandLine.length));
  return [
    '',
    'Examples:',
    ...lines.map(([commandLine, purpose]) => `  ${commandLine.padEnd(width)}  ${purpose}`),
  ].join('\n');
}

import { Readable } from 'node:stream';
import { runCli } from '../../../cli/main.ts';

/** What one command came to. */
export interface Answer {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface OperatorOptions {
  /** Where AWS is; nowhere unless given. */
  readonly endpointUrl?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly now?: () => number;
  readonly sleep?: (durationMs: number) => Promise<void>;
  /** What is typed or piped into stdin. */
  readonly input?: string;
  readonly isAtTerminal?: boolean;
}

/** Runs a command line in this program, as an operator would in a shell that has nothing configured. */
export async function operate(
  argv: readonly string[],
  { endpointUrl, env = {}, now, sleep, input = '', isAtTerminal = false }: OperatorOptions = {},
): Promise<Answer> {
  const written = { stdout: '', stderr: '' };
  const sink = (name: keyof typeof written) => ({
    isTTY: isAtTerminal,
    write: (text: string) => {
      written[name] += text;
    },
  });
  const exitCode = await runCli(argv, {
    stdin: Object.assign(Readable.from(input === '' ? [] : [Buffer.from(input)]), { isTTY: isAtTerminal }),
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    env: { NO_COLOR: '1', ...(endpointUrl === undefined ? {} : { AWS_ENDPOINT_URL: endpointUrl }), ...env },
    ...(now === undefined ? {} : { now }),
    ...(sleep === undefined ? {} : { sleep }),
  });
  return { exitCode, ...written };
}

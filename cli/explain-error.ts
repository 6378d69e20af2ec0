import { CommanderError } from 'commander';
import { isControllerError } from '../shared/model/errors.ts';
import { CliError } from './cli-error.ts';
import { exitCodes } from './exit-codes.ts';

/** What to do about an error, told by its code or name, wherever in the chain of causes that stands. */
interface Explanation {
  readonly names: readonly string[];
  /** The stable code for programs; the name itself unless given. */
  readonly code?: string;
  /** Which error of the chain says it best: the one with the name itself, or the whole around it (the rule). */
  readonly tells?: 'cause';
  readonly hint: string;
}

/** The first that matches counts. */
const explanations: readonly Explanation[] = [
  {
    names: ['TableMissing'],
    hint: '--table, --region, --profile and --endpoint-url say where to look',
  },
  {
    names: ['ECONNREFUSED'],
    code: 'EndpointRefused',
    tells: 'cause',
    hint: 'nobody listens there; is localcloud running? npm start',
  },
  {
    names: ['ENOTFOUND', 'EAI_AGAIN'],
    code: 'EndpointUnknown',
    tells: 'cause',
    hint: 'is the region spelled right, and is there a network? --region and --endpoint-url say where to look',
  },
  {
    names: ['TimeoutError', 'ETIMEDOUT', 'ECONNRESET', 'EPIPE'],
    code: 'EndpointUnreachable',
    tells: 'cause',
    hint: 'AWS did not answer in time; try again, or see whether a proxy or firewall is in between',
  },
  {
    names: ['CredentialsProviderError', 'TokenProviderError'],
    code: 'NoCredentials',
    tells: 'cause',
    hint: 'name a profile (--profile, AWS_PROFILE), log in (aws sso login), or set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    names: ['ExpiredToken', 'ExpiredTokenException', 'RequestExpired'],
    code: 'CredentialsExpired',
    tells: 'cause',
    hint: 'log in again, such as with aws sso login',
  },
  {
    names: ['UnrecognizedClientException', 'InvalidClientTokenId', 'AuthFailure', 'SignatureDoesNotMatch'],
    code: 'CredentialsRefused',
    hint: 'AWS does not know these keys; aws sts get-caller-identity shows who you are',
  },
  {
    names: ['AccessDeniedException', 'AccessDenied', 'UnauthorizedOperation'],
    code: 'AccessDenied',
    hint: 'whoever you are may not do this; aws sts get-caller-identity shows who you are',
  },
  {
    names: ['CorruptItem'],
    hint: 'somebody else wrote into the table; remove the role and apply its file again',
  },
];

/** How deep causes are followed. */
const causesMax = 10;

/** Any error, as one line for people with a hint, and a stable code for programs. */
export function explainError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (error instanceof CommanderError) return explainUsage(error);
  const message = error instanceof Error ? error.message : String(error);
  if (message.includes('Region is missing')) return regionMissing(error);
  const chain = chainOf(error);
  for (const { names, code, tells, hint } of explanations) {
    const match = chain.find((each) => namesOf(each).some((name) => names.includes(name)));
    if (match === undefined) continue;
    return new CliError(oneLine(tells === 'cause' ? match.message : message), {
      code: code ?? names[0] ?? 'Unexpected',
      hint,
      cause: error,
    });
  }
  const code = isControllerError(error) ? error.code : 'Unexpected';
  return new CliError(oneLine(message), {
    code,
    hint: 'the same command with --debug shows more',
    cause: error,
  });
}

/** Commander tells a likely spelling in a second line, in brackets. */
function explainUsage({ code, message }: CommanderError): CliError {
  const [first = '', suggestion] = message.replace(/^error: /, '').split('\n');
  const name = code.replace(/^commander\./, '');
  return new CliError(first, {
    code: `${name.charAt(0).toUpperCase()}${name.slice(1)}`,
    hint: suggestion?.replace(/^\((.*)\)$/, '$1') ?? '--help after any command shows what it takes',
    exitCode: exitCodes.usage,
  });
}

function regionMissing(cause: unknown): CliError {
  return new CliError('no region is configured', {
    code: 'NoRegion',
    hint: 'name one with --region or AWS_REGION, or in the profile',
    exitCode: exitCodes.usage,
    cause,
  });
}

/** The error, its causes, and the errors that it gathers (one per address that was tried). */
function chainOf(error: unknown, depth = 0): readonly Error[] {
  if (!(error instanceof Error) || depth > causesMax) return [];
  const gathered: readonly unknown[] = error instanceof AggregateError ? error.errors : [];
  // Those first: an AggregateError of the network has their code, but no message of its own.
  return [...gathered.flatMap((each) => chainOf(each, depth + 1)), error, ...chainOf(error.cause, depth + 1)];
}

function namesOf(error: Error): readonly string[] {
  const code: unknown = Reflect.get(error, 'code');
  return typeof code === 'string' ? [code, error.name] : [error.name];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s*\n\s*/g, ' ').trim();
}

import { usageError } from './cli-error.ts';
import type { AwsServiceName, CliEnvironment, StaticCredentials } from './environment.ts';
import { awsServices } from './environment.ts';

/** The options that every command takes to say which AWS it means. */
export interface ConnectionFlags {
  readonly region?: string;
  readonly profile?: string;
  readonly endpointUrl?: string;
  readonly table?: string;
  readonly queue?: string;
  readonly roleTagKey: string;
}

/** Which AWS, as whom; what is undefined is left to the SDK, which reads the shared configuration files. */
export interface Connection {
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly credentials: StaticCredentials | undefined;
  readonly endpointUrls: Readonly<Partial<Record<AwsServiceName, string>>>;
  readonly tableName: string;
  /** Of the queue that the controller takes its events from. */
  readonly queueName: string;
  readonly roleTagKey: string;
}

const defaultTableName = 'understudy';

/** localcloud checks no signature, and the world of `npm start` is in this region. */
const loopbackDefaults = {
  region: 'eu-west-1',
  credentials: { accessKeyId: 'understudy', secretAccessKey: 'understudy' },
} as const;

/**
 * Joins what the command line and the environment say; the command line counts first. Where every endpoint is on this
 * machine and nobody named a region, a profile or keys, region and credentials are made up, so that localcloud works
 * without any; the shared files' default profile is not asked there. For any other endpoint nothing is made up.
 */
export function connectionOf(flags: ConnectionFlags, environment: CliEnvironment): Connection {
  const endpointUrls =
    flags.endpointUrl === undefined ? environment.endpointUrls : forAllServices(flags.endpointUrl);
  const given = Object.values(endpointUrls);
  for (const url of given) checkEndpointUrl(url);
  const isLoopback = given.length === Object.keys(awsServices).length && given.every(isLoopbackUrl);
  const profile = flags.profile ?? environment.profile;
  const hasProfile = profile !== undefined;
  // As in the AWS CLI: keys in the environment count before AWS_PROFILE, but not before --profile.
  const credentials = flags.profile === undefined ? environment.credentials : undefined;
  const defaults = isLoopback && !hasProfile ? loopbackDefaults : undefined;
  const tableName = checkedTableName(flags.table ?? environment.tableName ?? defaultTableName);
  return {
    region: checkedRegion(flags.region ?? environment.region) ?? defaults?.region,
    profile,
    credentials: credentials ?? defaults?.credentials,
    endpointUrls,
    tableName,
    queueName: flags.queue ?? environment.queueName ?? `${tableName}-events`,
    roleTagKey: flags.roleTagKey,
  };
}

function forAllServices(url: string): Connection['endpointUrls'] {
  return Object.fromEntries(Object.keys(awsServices).map((service) => [service, url]));
}

/** @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/HowItWorks.NamingRulesDataTypes.html */
function checkedTableName(name: string): string {
  if (/^[A-Za-z0-9_.-]{3,255}$/.test(name)) return name;
  throw usageError(
    `"${name}" cannot be the name of a table`,
    'InvalidTableName',
    '3 to 255 letters, digits, underscores, hyphens or dots, from --table or UNDERSTUDY_TABLE',
  );
}

/** It becomes a part of host names. */
function checkedRegion(region: string | undefined): string | undefined {
  if (region === undefined || /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(region)) return region;
  throw usageError(
    `"${region}" cannot be the name of a region`,
    'InvalidRegion',
    'such as eu-west-1, from --region, AWS_REGION or AWS_DEFAULT_REGION',
  );
}

function checkEndpointUrl(text: string): void {
  const protocol = URL.parse(text)?.protocol;
  if (protocol === 'http:' || protocol === 'https:') return;
  throw usageError(
    `the endpoint "${text}" is no URL of http or https`,
    'InvalidEndpointUrl',
    'such as --endpoint-url http://127.0.0.1:4566',
  );
}

/** Whether the URL can only mean this machine. */
export function isLoopbackUrl(text: string): boolean {
  const hostname = URL.parse(text)?.hostname ?? '';
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}

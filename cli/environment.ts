/** Which of its clients the command configures, by the name that the SDKs use in environment variables. */
export const awsServices = {
  dynamodb: 'DYNAMODB',
  ec2: 'EC2',
  route53: 'ROUTE_53',
  autoScaling: 'AUTO_SCALING',
  elasticLoadBalancing: 'ELASTIC_LOAD_BALANCING_V2',
  sqs: 'SQS',
  sts: 'STS',
  eventBridge: 'EVENTBRIDGE',
} as const;
export type AwsServiceName = keyof typeof awsServices;

export interface StaticCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** What the environment says, by the variables that every AWS tool reads. */
export interface CliEnvironment {
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly credentials: StaticCredentials | undefined;
  readonly endpointUrls: Readonly<Partial<Record<AwsServiceName, string>>>;
  readonly tableName: string | undefined;
  readonly queueName: string | undefined;
  /** Undefined leaves it to the terminal. */
  readonly wantsColour: boolean | undefined;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The only reader of the environment in the command. A variable that is set to nothing is not set. */
// biome-ignore lint/style/noProcessEnv: this is the one place that reads it
export function readEnvironment(environment: Variables = process.env): CliEnvironment {
  const read = (name: string): string | undefined => environment[name] || undefined;
  return {
    region: read('AWS_REGION') ?? read('AWS_DEFAULT_REGION'),
    profile: read('AWS_PROFILE'),
    credentials: credentialsOf(read),
    endpointUrls: read('AWS_IGNORE_CONFIGURED_ENDPOINT_URLS') === 'true' ? {} : endpointUrlsOf(read),
    tableName: read('UNDERSTUDY_TABLE'),
    queueName: read('UNDERSTUDY_QUEUE'),
    wantsColour: wantsColour(read),
  };
}

function credentialsOf(read: (name: string) => string | undefined): StaticCredentials | undefined {
  const accessKeyId = read('AWS_ACCESS_KEY_ID');
  const secretAccessKey = read('AWS_SECRET_ACCESS_KEY');
  const sessionToken = read('AWS_SESSION_TOKEN');
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}

/**
 * The variable of the service counts before the one for all.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
function endpointUrlsOf(read: (name: string) => string | undefined): CliEnvironment['endpointUrls'] {
  const urls = Object.entries(awsServices).flatMap(([service, variable]) => {
    const url = read(`AWS_ENDPOINT_URL_${variable}`) ?? read('AWS_ENDPOINT_URL');
    return url === undefined ? [] : [[service, url] as const];
  });
  return Object.fromEntries(urls);
}

/** @see https://no-color.org */
function wantsColour(read: (name: string) => string | undefined): boolean | undefined {
  if (read('NO_COLOR') !== undefined || read('TERM') === 'dumb') return false;
  return read('FORCE_COLOR') === undefined ? undefined : read('FORCE_COLOR') !== '0';
}

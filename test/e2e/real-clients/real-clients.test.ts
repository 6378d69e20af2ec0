import { execFile, spawnSync } from 'node:child_process';
import { devNull } from 'node:os';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createCloud } from '../../../localcloud/cloud.ts';
import { type HttpFront, startHttpFront } from '../../../localcloud/front/http-server.ts';

const run = promisify(execFile);

/** Nothing of the machine's own AWS configuration may reach the clients. */
const environment = (url: string) => ({
  // biome-ignore lint/style/noProcessEnv: the programs are found on the path
  PATH: process.env['PATH'],
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_ACCESS_KEY_ID: 'any',
  AWS_SECRET_ACCESS_KEY: 'any',
  AWS_DEFAULT_REGION: 'eu-west-1',
  AWS_ENDPOINT_URL: url,
  AWS_PAGER: '',
});

const hasBoto3 = spawnSync('python3', ['-c', 'import boto3']).status === 0;
const hasAwsCli = spawnSync('aws', ['--version']).status === 0;

async function withFront<Result>(use: (front: HttpFront) => Promise<Result>): Promise<Result> {
  const cloud = createCloud({ region: 'eu-west-1', roomOptions: { ec2: { pendingMs: 200 } } });
  const front = await startHttpFront(cloud, { port: 0 });
  try {
    return await use(front);
  } finally {
    await cloud.close();
    await front.close();
  }
}

describe('clients that know nothing but the endpoint', () => {
  it.runIf(hasBoto3)('boto3 launches, addresses, names, stores, sends and listens', async () => {
    const script = fileURLToPath(new URL('./clients.py', import.meta.url));

    const { stdout } = await withFront(({ url }) => run('python3', [script, url], { env: environment(url) }));

    expect(JSON.parse(stdout)).toEqual({
      account: '123456789012',
      hasElasticIp: true,
      privateIps: 2,
      records: ['\\052.corp.internal.'],
      item: '1',
      event: 'hello',
    });
  });

  it.runIf(hasAwsCli)('the AWS CLI launches an instance and finds it by its tag', async () => {
    const tags = 'ResourceType=instance,Tags=[{Key=role,Value=db}]';
    const query = ['--query', 'Reservations[].Instances[].State.Name', '--output', 'text'];

    const states = await withFront(async ({ url }) => {
      const aws = (...args: string[]) =>
        run('aws', ['--endpoint-url', url, ...args], { env: environment(url) });
      await aws('ec2', 'run-instances', '--image-id', 'ami-12345678', '--tag-specifications', tags);
      const { stdout } = await aws(
        'ec2',
        'describe-instances',
        '--filters',
        'Name=tag:role,Values=db',
        ...query,
      );
      return stdout.trim();
    });

    expect(['pending', 'running']).toContain(states);
  });
});

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

interface Clients {
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly route53: Route53Client;
  readonly sqs: SQSClient;
}

/** A cloud, its root, and a role `worker` without permissions. */
export interface RoleBench {
  readonly cloud: Cloud;
  readonly root: Clients;
  readonly worker: Clients;
  /** Gives the role a policy, instead of the one that it has. */
  allow(...statements: object[]): void;
}

const trustLambda = {
  Statement: {
    Effect: 'Allow',
    Principal: { Service: 'lambda.amazonaws.com' },
    Action: 'sts:AssumeRole',
  },
};

export function aRole(): RoleBench {
  const cloud = createCloud({ clock: new VirtualClock(), isCheckingInvariants: true });
  const { iam } = cloud.rooms;
  const role = iam.createRole('worker', trustLambda);
  iam.openSession('ASIAWORKER', role.arn, 'session');
  return {
    cloud,
    root: clientsOf(cloud, 'AKIAROOT'),
    worker: clientsOf(cloud, 'ASIAWORKER'),
    allow: (...statements) =>
      iam.putRolePolicy('worker', 'own', {
        Version: '2012-10-17',
        Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
      }),
  };
}

function clientsOf(cloud: Cloud, accessKeyId: string): Clients {
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId, secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  };
  return {
    dynamodb: new DynamoDBClient(settings),
    ec2: new EC2Client(settings),
    route53: new Route53Client(settings),
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
  };
}

/** What the rejection of a promise says: its code and message. */
export async function errorOf(promise: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    await promise;
  } catch (error) {
    const { name, message } = error as Error;
    return { name, message };
  }
  throw new Error('it was not refused');
}

import { fileURLToPath } from 'node:url';
import { EC2Client } from '@aws-sdk/client-ec2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { type Cloud, createCloud } from '../../../../localcloud/cloud.ts';
import type { DeployedStack } from '../../../../localcloud/cloudformation/cloudformation.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { startHttpFront } from '../../../../localcloud/front/http-server.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';
import { settle } from '../../../../localcloud/lambda/settle.ts';

/** A template's parts; what is not given is not there. */
export interface TemplateParts {
  readonly Parameters?: object;
  readonly Mappings?: object;
  readonly Conditions?: object;
  readonly Rules?: object;
  readonly Resources?: Readonly<Record<string, object>>;
  readonly Outputs?: Readonly<Record<string, object>>;
}

/** A cloud in which stacks are deployed. */
export interface StackBench extends AsyncDisposable {
  readonly cloud: Cloud;
  readonly ec2: EC2Client;
  readonly sqs: SQSClient;
  /** As the stack `shop`, with the functions of this folder's neighbour as assets. */
  deploy(template: TemplateParts, parameters?: Readonly<Record<string, string>>): Promise<DeployedStack>;
  settle(): Promise<void>;
}

export async function aStack(): Promise<StackBench> {
  const cloud = createCloud({ clock: new VirtualClock(), isCheckingInvariants: true });
  const front = await startHttpFront(cloud, { port: 0 });
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAROOT', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
    maxAttempts: 1,
  };
  return {
    cloud,
    ec2: new EC2Client(settings),
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
    deploy: (template, parameters = {}) =>
      cloud.rooms.cloudFormation.deployTemplate({
        stackName: 'shop',
        template: { Resources: {}, ...template },
        assemblyDirectory,
        parameters,
      }),
    settle: async () => {
      await settle(cloud, { horizonMs: 30_000 });
    },
    [Symbol.asyncDispose]: async () => {
      await cloud.close();
      await front.close();
    },
  };
}

/** An assembly whose one stack is empty and whose one asset is the folder of the Lambda tests' functions. */
export const assemblyDirectory = fileURLToPath(new URL('./assembly', import.meta.url));

/** Where the asset goes, in a template's words. */
export const code = {
  S3Bucket: { 'Fn::Sub': `assets-$\{AWS::AccountId}-$\{AWS::Region}` },
  S3Key: 'functions.zip',
};

export const aQueue = (Properties: object = {}): object => ({ Type: 'AWS::SQS::Queue', Properties });

export const getAtt = (logicalId: string, attribute: string): object => ({
  'Fn::GetAtt': [logicalId, attribute],
});

export const ref = (name: string): object => ({ Ref: name });

/** A role that Lambda may be, with one inline policy. */
export const aRole = (...statements: object[]): object => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'lambda.amazonaws.com' },
        Action: 'sts:AssumeRole',
      },
    },
    Policies:
      statements.length === 0
        ? []
        : [
            {
              PolicyName: 'own',
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
              },
            },
          ],
  },
});

export const writeLogs = {
  Sid: 'WriteLogs',
  Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
  Resource: '*',
};

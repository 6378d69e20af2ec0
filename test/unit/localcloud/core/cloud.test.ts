import { DescribeInstancesCommand, EC2Client, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { type Cloud, type CloudOptions, createCloud } from '../../../../localcloud/cloud.ts';
import { RealClock, VirtualClock } from '../../../../localcloud/core/clock.ts';
import { startHttpFront } from '../../../../localcloud/front/http-server.ts';
import { createRequestHandler } from '../../../../localcloud/front/request-handler.ts';

interface Bench {
  readonly cloud: Cloud;
  readonly ec2: EC2Client;
  readonly events: EventBridgeClient;
  readonly route53: Route53Client;
  readonly sqs: SQSClient;
}

function aBench(options: CloudOptions = {}): Bench {
  const cloud = createCloud({ clock: new VirtualClock(), isCheckingInvariants: true, ...options });
  const settings = {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAONE', secretAccessKey: 'unchecked' },
    requestHandler: createRequestHandler(cloud.handle),
  };
  return {
    cloud,
    ec2: new EC2Client(settings),
    events: new EventBridgeClient(settings),
    route53: new Route53Client(settings),
    sqs: new SQSClient(settings),
  };
}

async function launch({ ec2 }: Bench): Promise<string> {
  const ClientToken = 'launch-1';
  const { Instances } = await ec2.send(
    new RunInstancesCommand({
      ImageId: 'ami-0abcdef1234567890',
      InstanceType: 't3.micro',
      MinCount: 1,
      MaxCount: 1,
      ClientToken,
    }),
  );
  return Instances?.[0]?.InstanceId ?? '';
}

test('what happens in EC2 reaches a queue through a rule of EventBridge', async () => {
  const bench = aBench();
  const Arn = 'arn:aws:sqs:us-east-1:123456789012:jobs';
  const Policy = JSON.stringify({
    Statement: {
      Effect: 'Allow',
      Principal: { Service: 'events.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: Arn,
    },
  });
  const { QueueUrl } = await bench.sqs.send(
    new CreateQueueCommand({ QueueName: 'jobs', Attributes: { Policy } }),
  );
  const EventPattern = JSON.stringify({ source: ['aws.ec2'], detail: { state: ['running'] } });
  await bench.events.send(new PutRuleCommand({ Name: 'states', EventPattern }));
  await bench.events.send(new PutTargetsCommand({ Rule: 'states', Targets: [{ Id: 'queue', Arn }] }));

  const instanceId = await launch(bench);
  await bench.cloud.passTime(60_000);

  const { Messages = [] } = await bench.sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  expect(Messages.map(({ Body }) => JSON.parse(Body ?? ''))).toMatchObject([
    {
      'detail-type': 'EC2 Instance State-change Notification',
      account: '123456789012',
      region: 'us-east-1',
      detail: { 'instance-id': instanceId, state: 'running' },
    },
  ]);
});

test('a private zone cannot be made for a VPC that is not there', async () => {
  const { route53 } = aBench();

  const create = route53.send(
    new CreateHostedZoneCommand({
      Name: 'corp.internal',
      CallerReference: 'once',
      VPC: { VPCId: 'vpc-0123456789abcdef0', VPCRegion: 'us-east-1' },
    }),
  );

  await expect(create).rejects.toMatchObject({ name: 'InvalidVPCId' });
});

test('queue URLs lead to the HTTP front as long as there is one', async () => {
  const { cloud, sqs } = aBench();
  const urlOf = async (): Promise<string | undefined> =>
    (await sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }))).QueueUrl;

  const before = await urlOf();
  const front = await startHttpFront(cloud, { port: 0 });
  const during = await urlOf();
  await front.close();

  expect(before).toBe('https://sqs.us-east-1.amazonaws.com/123456789012/jobs');
  expect(during).toBe(`${front.url}/123456789012/jobs`);
});

test('the same seed gives the same ids, another seed others', async () => {
  const [first, again, other] = await Promise.all([1, 1, 2].map((seed) => launch(aBench({ seed }))));

  expect(again).toBe(first);
  expect(other).not.toBe(first);
});

test('after a reset the world is empty and starts anew', async () => {
  const bench = aBench();
  const before = await launch(bench);

  await bench.cloud.reset();
  const { Reservations } = await bench.ec2.send(new DescribeInstancesCommand({}));
  const after = await launch(bench);

  expect(Reservations).toEqual([]);
  expect(after).toBe(before);
});

test('wall-clock time cannot be made to pass', async () => {
  const { cloud } = aBench({ clock: new RealClock() });

  const passing = cloud.passTime(1_000);

  await expect(passing).rejects.toThrow('wall-clock time cannot be made to pass');
});

test('request limits hold for SDK clients, and can be switched off', async () => {
  const { cloud, ec2 } = aBench();
  const unfiltered = async (): Promise<string> => {
    const results = await Promise.allSettled(
      Array.from({ length: 51 }, () => cloud.handle(describeInstancesRequest)),
    );
    return results.map((result) => (result.status === 'fulfilled' ? result.value.status : 0)).join(' ');
  };

  const limited = await unfiltered();
  cloud.throttles.isEnabled = false;
  const unlimited = await ec2.send(new DescribeInstancesCommand({}));

  expect(limited).toMatch(/^(200 ){50}503$/);
  expect(unlimited.Reservations).toEqual([]);
});

const describeInstancesRequest = {
  method: 'POST',
  path: '/',
  query: new URLSearchParams(),
  headers: {},
  body: 'Action=DescribeInstances&Version=2016-11-15',
};

import { GetItemCommand, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { AllocateAddressCommand, DescribeInstancesCommand, RunInstancesCommand } from '@aws-sdk/client-ec2';
import { ListHostedZonesCommand } from '@aws-sdk/client-route-53';
import { CreateQueueCommand, GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { aRole, errorOf } from './a-role.ts';

const session = 'arn:aws:sts::123456789012:assumed-role/worker/session';

test('EC2 refuses a denied call with its own code, and says why', async () => {
  const { worker } = aRole();

  const error = await errorOf(worker.ec2.send(new DescribeInstancesCommand({})));

  expect(error.name).toBe('UnauthorizedOperation');
  expect(error.message).toContain(
    `You are not authorized to perform this operation. User: ${session} is not authorized to perform: ec2:DescribeInstances on resource: * because no identity-based policy allows the ec2:DescribeInstances action. Encoded authorization failure message: `,
  );
});

test('the other services refuse it with theirs', async () => {
  const { worker, root } = aRole();
  const { QueueUrl } = await root.sqs.send(new CreateQueueCommand({ QueueName: 'jobs' }));

  const [dynamodb, route53, sqs] = [
    await errorOf(worker.dynamodb.send(new GetItemCommand({ TableName: 'state', Key: { pk: { S: 'a' } } }))),
    await errorOf(worker.route53.send(new ListHostedZonesCommand({}))),
    await errorOf(worker.sqs.send(new GetQueueAttributesCommand({ QueueUrl }))),
  ];

  expect(dynamodb).toEqual({
    name: 'AccessDeniedException',
    message: `User: ${session} is not authorized to perform: dynamodb:GetItem on resource: arn:aws:dynamodb:us-east-1:123456789012:table/state because no identity-based policy allows the dynamodb:GetItem action`,
  });
  expect(route53.name).toBe('AccessDenied');
  expect(sqs.name).toBe('AccessDenied');
});

test('a denied call does nothing, and stands in the call log with its error', async () => {
  const { worker, root, cloud, allow } = aRole();
  allow({ Action: 'ec2:Describe*', Resource: '*' });
  await root.ec2.send(new AllocateAddressCommand({}));
  cloud.rooms.iam.putRolePolicy('worker', 'no', {
    Statement: { Effect: 'Deny', Action: 'ec2:DescribeInstances', Resource: '*' },
  });

  const error = await errorOf(worker.ec2.send(new DescribeInstancesCommand({})));

  expect(error.message).toContain('with an explicit deny in an identity-based policy');
  expect(cloud.callLog.calls({ accessKeyId: 'ASIAWORKER' })).toMatchObject([
    { operation: 'DescribeInstances', errorCode: 'UnauthorizedOperation' },
  ]);
});

test('root may do everything, and so may a key that no role has', async () => {
  const { root } = aRole();

  await expect(root.dynamodb.send(new ListTablesCommand({}))).resolves.toMatchObject({ TableNames: [] });
});

test('a call whose permissions are not known is refused by name', async () => {
  const { worker, allow } = aRole();
  allow({ Action: '*', Resource: '*' });
  const run = new RunInstancesCommand({ ImageId: 'ami-0abcdef1234567890', MinCount: 1, MaxCount: 1 });

  const error = await errorOf(worker.ec2.send(run));

  expect(error.message).toContain('localcloud does not model the permissions of ec2:RunInstances');
});

test('what was used of a policy can be told', async () => {
  const { worker, cloud, allow } = aRole();
  allow(
    { Sid: 'Look', Action: ['ec2:DescribeInstances', 'ec2:DescribeSubnets'], Resource: '*' },
    { Sid: 'Zones', Action: 'route53:ListHostedZones', Resource: '*' },
  );

  await worker.ec2.send(new DescribeInstancesCommand({}));

  const used = cloud.rooms.iam
    .statementUses()
    .map(({ sid, usedActions, unusedActions }) => ({ sid, usedActions, unusedActions }));
  expect(used).toEqual([
    { sid: 'Look', usedActions: ['ec2:DescribeInstances'], unusedActions: ['ec2:DescribeSubnets'] },
    { sid: 'Zones', usedActions: [], unusedActions: ['route53:ListHostedZones'] },
  ]);
});

test('a role is gone with all that its sessions might do', async () => {
  const { worker, cloud, allow } = aRole();
  allow({ Action: 'ec2:*', Resource: '*' });

  cloud.rooms.iam.deleteRole('worker');

  const error = await errorOf(worker.ec2.send(new DescribeInstancesCommand({})));
  expect(error.name).toBe('UnauthorizedOperation');
});

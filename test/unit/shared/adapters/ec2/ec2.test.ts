import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { createEc2 } from '../../../../../shared/adapters/ec2/ec2.ts';
import { normalizeDnsName } from '../../../../../shared/model/dns-name.ts';
import {
  allocationId,
  associationId,
  instanceId,
  networkInterfaceId,
  privateIp,
  publicIp,
  roleName,
} from '../../../../builders/observed.ts';
import type { CannedAnswer, CannedRequest } from '../../../../fakes/canned-aws.ts';
import { CannedAws, ec2Answer, ec2Error } from '../../../../fakes/canned-aws.ts';

const unwanted = async () => Promise.reject(new Error('nobody should want this'));
const surroundings = { now: () => 0, sleep: unwanted };
const loadBalancing = unwanted;

/** The adapter, and the far end that it speaks to. */
function aBench(answer: (parameters: URLSearchParams, index: number) => CannedAnswer) {
  const aws = new CannedAws((request, index) => answer(parametersOf(request), index));
  return { aws, ec2: createEc2(new EC2Client(aws.options), 'role', { surroundings, loadBalancing }) };
}

function parametersOf(request: CannedRequest | undefined): URLSearchParams {
  return new URLSearchParams(request?.body);
}

/** Names and values of the filters of a request. */
function filtersOf(request: CannedRequest | undefined): Record<string, string[]> {
  const parameters = parametersOf(request);
  const names = [...parameters].filter(([key]) => /^Filter\.\d+\.Name$/.test(key));
  return Object.fromEntries(
    names.map(([key, name]) => {
      const prefix = `${key.replace('.Name', '')}.Value.`;
      return [name, [...parameters].filter(([each]) => each.startsWith(prefix)).map(([, value]) => value)];
    }),
  );
}

function instances(numbers: readonly number[], nextToken = ''): CannedAnswer {
  const items = numbers.map(
    (number) =>
      `<item><instanceId>${instanceId(number)}</instanceId><instanceState><name>running</name></instanceState></item>`,
  );
  return ec2Answer(
    'DescribeInstances',
    `<reservationSet><item><instancesSet>${items.join('')}</instancesSet></item></reservationSet><nextToken>${nextToken}</nextToken>`,
  );
}

function tags(numbers: readonly number[], nextToken = ''): CannedAnswer {
  const items = numbers.map(
    (number) =>
      `<item><resourceId>${instanceId(number)}</resourceId><resourceType>instance</resourceType><key>role</key><value>db-${number}</value></item>`,
  );
  return ec2Answer('DescribeTags', `<tagSet>${items.join('')}</tagSet><nextToken>${nextToken}</nextToken>`);
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('roleTags', () => {
  it('asks for the role tag of the instances and for nothing else', async () => {
    const { aws, ec2 } = aBench(() => tags([1]));

    const found = await ec2.roleTags([instanceId(1), instanceId(2)]);

    expect(found).toEqual(new Map([[instanceId(1), 'db-1']]));
    expect(filtersOf(aws.requests[0])).toEqual({
      'resource-id': [instanceId(1), instanceId(2)],
      key: ['role'],
    });
  });

  it('reads all pages', async () => {
    const { aws, ec2 } = aBench((parameters) =>
      parameters.get('NextToken') === 'second' ? tags([2]) : tags([1], 'second'),
    );

    const found = await ec2.roleTags([instanceId(1), instanceId(2)]);

    expect([...found.keys()]).toEqual([instanceId(1), instanceId(2)]);
    expect(aws.requests).toHaveLength(2);
  });

  it('asks for 200 instances at a time, as many values as a filter takes', async () => {
    const { aws, ec2 } = aBench(() => tags([]));

    await ec2.roleTags(upTo(401).map(instanceId));

    expect(aws.requests.map((request) => filtersOf(request)['resource-id']?.length)).toEqual([200, 200, 1]);
  });

  it('asks nobody for nothing', async () => {
    const { aws, ec2 } = aBench(() => tags([]));

    await ec2.roleTags([]);

    expect(aws.requests).toEqual([]);
  });
});

describe('instancesTagged', () => {
  it('looks for the name anywhere in the tag, which may name several roles', async () => {
    const { aws, ec2 } = aBench(() => instances([1]));

    const found = await ec2.instancesTagged([roleName('db'), roleName('web')]);

    expect(found.map((each) => each.instanceId)).toEqual([instanceId(1)]);
    expect(filtersOf(aws.requests[0])).toEqual({ 'tag:role': ['*db*', '*web*'] });
  });

  it('reads all pages, of as many instances as a page takes', async () => {
    const { aws, ec2 } = aBench((parameters) =>
      parameters.get('NextToken') === 'second' ? instances([3]) : instances([1, 2], 'second'),
    );

    const found = await ec2.instancesTagged([roleName('db')]);

    expect(found.map((each) => each.instanceId)).toEqual([1, 2, 3].map(instanceId));
    expect(aws.requests.map((request) => parametersOf(request).get('MaxResults'))).toEqual(['1000', '1000']);
  });

  it('asks for 200 roles at a time, and has an instance that two answers show once', async () => {
    const { aws, ec2 } = aBench(() => instances([1]));

    const found = await ec2.instancesTagged(upTo(201).map((number) => roleName(`role-${number}`)));

    expect(aws.requests.map((request) => filtersOf(request)['tag:role']?.length)).toEqual([200, 1]);
    expect(found).toHaveLength(1);
  });
});

describe('instancesById', () => {
  it('asks by filter, so that an id that is no more does not fail the call', async () => {
    const { aws, ec2 } = aBench(() => instances([1]));

    const found = await ec2.instancesById([instanceId(1), instanceId(2)]);

    expect(found).toHaveLength(1);
    expect(filtersOf(aws.requests[0])).toEqual({ 'instance-id': [instanceId(1), instanceId(2)] });
  });

  it('asks for 200 ids at a time', async () => {
    const { aws, ec2 } = aBench(() => instances([]));

    await ec2.instancesById(upTo(201).map(instanceId));

    expect(aws.requests.map((request) => filtersOf(request)['instance-id']?.length)).toEqual([200, 1]);
  });
});

describe('elasticIps', () => {
  it('reads all of the region in one call', async () => {
    const { aws, ec2 } = aBench(() =>
      ec2Answer(
        'DescribeAddresses',
        `<addressesSet><item><publicIp>203.0.113.25</publicIp><allocationId>${allocationId(1)}</allocationId><domain>vpc</domain></item></addressesSet>`,
      ),
    );

    const found = await ec2.elasticIps();

    expect(found).toEqual([{ allocationId: allocationId(1), publicIp: publicIp(25), tags: {} }]);
    expect(parametersOf(aws.requests[0]).get('Action')).toBe('DescribeAddresses');
    expect(filtersOf(aws.requests[0])).toEqual({});
  });
});

describe('make', () => {
  const change = {
    kind: 'associate-address' as const,
    allocationId: allocationId(1),
    publicIp: publicIp(25),
    networkInterfaceId: networkInterfaceId(2),
    privateIp: privateIp(2),
    instanceId: instanceId(2),
    allowReassociation: false,
  };

  it('associates by interface and private address, never the instance, and gives the id of the association', async () => {
    const { aws, ec2 } = aBench(() =>
      ec2Answer(
        'AssociateAddress',
        `<return>true</return><associationId>${associationId(7)}</associationId>`,
      ),
    );

    const written = await ec2.make(change);

    expect(written).toEqual({
      allocationId: allocationId(1),
      associationId: associationId(7),
      networkInterfaceId: networkInterfaceId(2),
      privateIp: privateIp(2),
    });
    expect(Object.fromEntries(parametersOf(aws.requests[0]))).toEqual({
      Action: 'AssociateAddress',
      Version: '2016-11-15',
      AllocationId: allocationId(1),
      NetworkInterfaceId: networkInterfaceId(2),
      PrivateIpAddress: privateIp(2),
      AllowReassociation: 'false',
    });
  });

  it.each([
    ['Resource.AlreadyAssociated', 'conflict'],
    ['InvalidAllocationID.NotFound', 'conflict'],
    ['IncorrectInstanceState', 'conflict'],
    ['RequestLimitExceeded', 'retryable'],
    ['UnauthorizedOperation', 'permanent'],
  ])('fails with %s as %s, naming the address and the instance', async (code, disposition) => {
    const { ec2 } = aBench(() => ec2Error(code));

    const failing = ec2.make(change);

    await expect(failing).rejects.toMatchObject({
      code,
      disposition,
      message: expect.stringContaining(`AssociateAddress ${allocationId(1)} with ${instanceId(2)}`),
    });
  });

  it.each([
    ['InvalidParameterValue', 'ForwardRecordNotSeen', 'retryable'],
    ['UnauthorizedOperation', 'UnauthorizedOperation', 'permanent'],
  ])('fails to set a reverse name with %s as %s', async (answered, code, disposition) => {
    const { ec2 } = aBench(() => ec2Error(answered));
    const name = normalizeDnsName('mail.example.com');

    const failing = ec2.make({
      kind: 'set-reverse-name',
      allocationId: allocationId(1),
      publicIp: publicIp(25),
      name,
    });

    await expect(failing).rejects.toMatchObject({ code, disposition });
  });
});

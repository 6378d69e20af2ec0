import { EC2Client } from '@aws-sdk/client-ec2';
import { describe, expect, it } from 'vitest';
import { readReverseNames } from '../../../../../shared/adapters/ec2/describe-addresses.ts';
import { imageOwners } from '../../../../../shared/adapters/ec2/describe-images.ts';
import { readStatusChecks } from '../../../../../shared/adapters/ec2/describe-instance-status.ts';
import { instanceTypeLimits } from '../../../../../shared/adapters/ec2/describe-instance-types.ts';
import { allocationId, instanceId } from '../../../../builders/observed.ts';
import type { CannedAnswer } from '../../../../fakes/canned-aws.ts';
import { CannedAws, ec2Answer, ec2Error } from '../../../../fakes/canned-aws.ts';

/** A client, and the far end that it speaks to. */
function aBench(answer: (parameters: URLSearchParams, index: number) => CannedAnswer) {
  const aws = new CannedAws(({ body }, index) => answer(new URLSearchParams(body), index));
  const parameters = () => aws.requests.map(({ body }) => new URLSearchParams(body));
  return { client: new EC2Client(aws.options), parameters };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function statuses(numbers: readonly number[], checks: readonly (string | undefined)[]): CannedAnswer {
  const [instance, system, volumes] = checks;
  const part = (name: string, status: string | undefined) =>
    status === undefined ? '' : `<${name}><status>${status}</status></${name}>`;
  const items = numbers.map(
    (number) =>
      `<item><instanceId>${instanceId(number)}</instanceId>${part('instanceStatus', instance)}${part('systemStatus', system)}${part('attachedEbsStatus', volumes)}</item>`,
  );
  return ec2Answer('DescribeInstanceStatus', `<instanceStatusSet>${items.join('')}</instanceStatusSet>`);
}

describe('readStatusChecks', () => {
  it.each([
    ['ok', ['ok', 'ok', 'ok']],
    ['ok', ['ok', 'ok', undefined]],
    ['ok', ['ok', 'ok', 'not-applicable']],
    ['impaired', ['impaired', 'ok', 'ok']],
    ['impaired', ['initializing', 'impaired', 'ok']],
    ['impaired', ['ok', 'ok', 'impaired']],
    ['initializing', ['ok', 'initializing', 'ok']],
    ['insufficient-data', ['insufficient-data', 'ok', 'ok']],
    ['insufficient-data', [undefined, undefined, undefined]],
    ['not-applicable', ['not-applicable', 'not-applicable', undefined]],
  ] as const)('has %s for the checks %j', async (expected, checks) => {
    const { client } = aBench(() => statuses([1], checks));

    expect(await readStatusChecks(client, [instanceId(1)])).toEqual({ [instanceId(1)]: expected });
  });

  it('asks for 100 instances at a time', async () => {
    const { client, parameters } = aBench(() => statuses([], []));

    await readStatusChecks(client, upTo(101).map(instanceId));

    expect(parameters().map((each) => each.has('InstanceId.100'))).toEqual([true, false]);
  });

  it('asks again without the ones that EC2 does not know', async () => {
    const unknown = ec2Error('InvalidInstanceID.NotFound');
    const body = unknown.body.replace('canned', `The instance ID '${instanceId(2)}' does not exist`);
    const { client, parameters } = aBench((_, index) =>
      index === 0 ? { ...unknown, body } : statuses([1], ['ok', 'ok']),
    );

    const checks = await readStatusChecks(client, [instanceId(1), instanceId(2)]);

    expect(checks).toEqual({ [instanceId(1)]: 'ok' });
    expect(parameters()[1]?.get('InstanceId.1')).toBe(instanceId(1));
    expect(parameters()[1]?.has('InstanceId.2')).toBe(false);
  });

  it.each(['InvalidInstanceID.NotFound', 'UnauthorizedOperation'])(
    'fails with %s that names nobody',
    async (code) => {
      const { client } = aBench(() => ec2Error(code));

      await expect(readStatusChecks(client, [instanceId(1)])).rejects.toMatchObject({ code });
    },
  );

  it('asks nobody for nothing, also when nobody is left', async () => {
    const unknown = ec2Error('InvalidInstanceID.NotFound');
    const body = unknown.body.replace('canned', `'${instanceId(1)}'`);
    const { client, parameters } = aBench(() => ({ ...unknown, body }));

    expect(await readStatusChecks(client, [])).toEqual({});
    expect(await readStatusChecks(client, [instanceId(1)])).toEqual({});
    expect(parameters()).toHaveLength(1);
  });
});

describe('imageOwners', () => {
  const image = (id: string, alias = '') =>
    `<item><imageId>${id}</imageId><imageOwnerId>123456789012</imageOwnerId>${alias && `<imageOwnerAlias>${alias}</imageOwnerAlias>`}</item>`;

  it('has account and alias of each, deprecated and disabled ones too, and asks for each once', async () => {
    const { client, parameters } = aBench(() =>
      ec2Answer('DescribeImages', `<imagesSet>${image('ami-1', 'amazon')}${image('ami-2')}</imagesSet>`),
    );
    const owners = imageOwners(client);

    const first = await owners(['ami-1', 'ami-2', 'ami-3']);
    const second = await owners(['ami-2']);

    expect(first).toEqual({ 'ami-1': ['123456789012', 'amazon'], 'ami-2': ['123456789012'] });
    expect(second).toEqual({ 'ami-2': ['123456789012'] });
    expect(parameters()).toHaveLength(1);
    expect(Object.fromEntries(parameters()[0] ?? [])).toMatchObject({
      'Filter.1.Name': 'image-id',
      IncludeDeprecated: 'true',
      IncludeDisabled: 'true',
    });
  });
});

describe('instanceTypeLimits', () => {
  const type = (name: string, network: string) =>
    `<item><instanceType>${name}</instanceType><networkInfo>${network}</networkInfo></item>`;
  const figures =
    '<maximumNetworkInterfaces>3</maximumNetworkInterfaces><ipv4AddressesPerInterface>6</ipv4AddressesPerInterface><ipv6AddressesPerInterface>6</ipv6AddressesPerInterface>';

  it('has no room for IPv6 on a type that does not know it, and leaves out a type that says nothing', async () => {
    const { client } = aBench(() =>
      ec2Answer(
        'DescribeInstanceTypes',
        `<instanceTypeSet>${type('old', `${figures}<ipv6Supported>false</ipv6Supported>`)}${type('odd', '')}</instanceTypeSet>`,
      ),
    );

    expect(await instanceTypeLimits(client)(['old', 'odd'])).toEqual({
      old: { interfacesMax: 3, ipv4PerInterfaceMax: 6, ipv6PerInterfaceMax: 0 },
    });
  });
});

describe('readReverseNames', () => {
  const attribute = (number: number, record: string) =>
    `<item><allocationId>${allocationId(number)}</allocationId>${record}</item>`;
  const update = (status: string) =>
    `<ptrRecordUpdate><value>new.example.com.</value><status>${status}</status></ptrRecordUpdate>`;
  const old = '<ptrRecord>Old.example.com.</ptrRecord>';

  it.each([
    ['old.example.com', 'that it has', old],
    ['new.example.com', 'that it is just being given', old + update('PENDING')],
    ['old.example.com', 'that it kept when another failed', old + update('FAILED')],
    ['', 'when it has none', ''],
  ])('is %s, the name %s', async (name, _, record) => {
    const { client } = aBench(() =>
      ec2Answer('DescribeAddressesAttribute', `<addressSet>${attribute(1, record)}</addressSet>`),
    );

    expect(await readReverseNames(client, [allocationId(1)])).toEqual({ [allocationId(1)]: name });
  });

  it('reads all pages and keeps those asked for, which are without a name when nothing is said', async () => {
    const { client, parameters } = aBench((_, index) =>
      ec2Answer(
        'DescribeAddressesAttribute',
        `<addressSet>${attribute(index + 1, old)}</addressSet><nextToken>${index === 0 ? 'next' : ''}</nextToken>`,
      ),
    );

    const names = await readReverseNames(client, [allocationId(2), allocationId(3)]);

    expect(names).toEqual({ [allocationId(2)]: 'old.example.com', [allocationId(3)]: '' });
    expect(parameters().map((each) => each.get('NextToken'))).toEqual([null, 'next']);
    expect(parameters()[0]?.has('AllocationId.1')).toBe(false);
  });
});

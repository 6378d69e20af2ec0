import { readdir, readFile } from 'node:fs/promises';
import {
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DescribeRouteTablesCommand,
  type Filter,
  type RunInstancesCommandInput,
} from '@aws-sdk/client-ec2';
import { DescribeTargetHealthCommand } from '@aws-sdk/client-elastic-load-balancing-v2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LocalOperator } from './cli/local-operator.ts';
import type { Place } from './controller/addresses/ground.ts';
import { ExampleWorld } from './example-world.ts';

const folder = new URL('../../examples/', import.meta.url);
const read = (file: string) => readFile(new URL(file, folder), 'utf8');

/** One example, and how somebody who knows nothing of roles finds out who serves. */
interface Example {
  readonly role: string;
  /** Where its candidates are launched; the last is the one that steps in. */
  readonly places: readonly Place[];
  readonly more?: Partial<RunInstancesCommandInput>;
  /** Of its candidates, beside the role's. */
  readonly tags?: Readonly<Record<string, string>>;
  /** The instances that are reached by what the example is about. */
  readonly reached: (world: ExampleWorld) => Promise<readonly (string | undefined)[]>;
}

const examples: Readonly<Record<string, Example>> = {
  'db.yaml': { role: 'db', places: ['a', 'b'], reached: byElasticIp({ Name: 'tag:Name', Values: ['db'] }) },
  'database.yaml': {
    role: 'production-master-db',
    places: ['a', 'a'],
    more: { IamInstanceProfile: { Name: 'database' } },
    reached: async (world) => [
      ...(await byName('master.example.org')(world)),
      ...(await byElasticIp('eipalloc-0a1b2c3d4e5f60001')(world)),
    ],
  },
  'nat.yaml': {
    role: 'nat-a',
    places: ['a', 'b'],
    reached: async (world) => [
      ...(await byRoute('10.99.0.0/16')(world)),
      ...(await byElasticIp('eipalloc-0a1b2c3d4e5f60002')(world)),
    ],
  },
  'guarded.yaml': {
    role: 'licence-server',
    places: ['a', 'b'],
    more: { IamInstanceProfile: { Name: 'licence-server' } },
    reached: byName('licence.corp.internal'),
  },
  'licence-server.yaml': {
    role: 'cad-licences',
    places: ['a', 'a'],
    reached: byName('cad-licences.corp.internal'),
  },
  'web-farm.yaml': {
    role: 'web',
    places: ['a', 'b', 'a', 'b'],
    reached: byElasticIp({ Name: 'tag:farm', Values: ['web'] }),
  },
  'names.yaml': {
    role: 'broker',
    places: ['a', 'b'],
    tags: { team: 'messaging' },
    reached: async (world) => [
      ...(await byName('any.broker.corp.internal')(world)),
      ...(await byName('broker.example.org', 'public')(world)),
    ],
  },
  'reverse-dns.yaml': { role: 'app', places: ['a', 'b'], reached: byName('app.corp.internal') },
  'mail.yaml': { role: 'mail', places: ['a', 'b'], reached: byElasticIp('eipalloc-0a1b2c3d4e5f60003') },
  'spot-fleet.yaml': {
    role: 'renderer',
    places: ['a', 'b'],
    reached: byName('render.example.com', 'public'),
  },
  'ipv6.yaml': { role: 'resolver', places: ['a', 'a'], reached: byIpv6('2001:db8:1234:1a00::53') },
  'target-group.yaml': {
    role: 'scheduler',
    places: ['a', 'b'],
    reached: byTargetGroup(
      'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/scheduler/0123456789abcdef',
    ),
  },
  'everything.yaml': {
    role: 'appliance',
    places: ['a', 'a'],
    reached: async (world) => [
      ...(await byName('appliance.corp.internal')(world)),
      ...(await byElasticIp('eipalloc-0a1b2c3d4e5f60004')(world)),
      ...(await byRoute('10.98.0.0/16')(world)),
      ...(await byIpv6('2001:db8:1234:1a00::60')(world)),
      ...(await byTargetGroup(
        'arn:aws:elasticloadbalancing:eu-west-1:111122223333:targetgroup/appliance/0123456789abcde0',
      )(world)),
    ],
  },
};

describe('the examples', () => {
  let world: ExampleWorld;
  let operator: LocalOperator;
  beforeAll(async () => {
    world = await ExampleWorld.open();
    operator = new LocalOperator(world.ground.theatre);
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
  });

  it('are all exercised here', async () => {
    const files = (await readdir(folder)).filter((file) => file.endsWith('.yaml'));

    expect(files.toSorted()).toEqual(Object.keys(examples).toSorted());
  });

  it.each(Object.entries(examples))('%s is applied, and fails over', async (file, example) => {
    const { role, places, reached } = example;
    const { theatre } = world.ground;

    const applied = await operator.apply(world.translate(await read(file)));
    const candidates = await world.ground.launchAs(requestOf(example), role, ...places);
    // Until a resync has read the world once more.
    await theatre.settle(150_000);
    const first = new Set(await reached(world));
    const status = await operator.run(`status ${role}`);
    const [lead = ''] = candidates;
    await theatre.terminate(lead);
    await theatre.settle(90_000);
    const second = new Set(await reached(world));

    expect(applied).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first).toEqual(new Set(candidates.slice(0, -1)));
    expect(status.exitCode, status.stdout).toBe(0);
    expect(second).toEqual(new Set(candidates.slice(1)));
    expect((await operator.run(`status ${role}`)).exitCode).toBe(0);
    for (const id of candidates) await theatre.terminate(id);
  });

  it('can all be applied together, and change nothing when they are applied again', async () => {
    const { sequence } = operator;

    for (const file of Object.keys(examples)) await operator.apply(world.translate(await read(file)));

    const { roles } = (await operator.read('roles list')) as { readonly roles: readonly unknown[] };

    expect(operator.writesSince(sequence)).toEqual([]);
    expect(roles).toHaveLength(Object.keys(examples).length);
  });
});

function requestOf({ role, more = {}, tags = {} }: Example): Partial<RunInstancesCommandInput> {
  const Tags = Object.entries({ role, ...tags }).map(([Key, Value]) => ({ Key, Value }));
  return { ...more, TagSpecifications: [{ ResourceType: 'instance', Tags }] };
}

/** The one instance, or several, that EC2 finds by a filter. */
async function instances({ ground }: ExampleWorld, ...Filters: Filter[]): Promise<readonly string[]> {
  const { Reservations = [] } = await ground.ec2.send(new DescribeInstancesCommand({ Filters }));
  return Reservations.flatMap(({ Instances = [] }) => Instances.map(({ InstanceId = '' }) => InstanceId));
}

/** By an Elastic IP, or by all that match a filter. */
function byElasticIp(which: string | Filter): Example['reached'] {
  return async (world) => {
    const input =
      typeof which === 'string' ? { AllocationIds: [world.translate(which)] } : { Filters: [which] };
    const { Addresses = [] } = await world.ground.ec2.send(new DescribeAddressesCommand(input));
    return Addresses.flatMap(({ InstanceId }) => InstanceId ?? []);
  };
}

/** By an address that the VPC's resolver, or a public one, answers for the name. */
function byName(name: string, view: 'inside' | 'public' = 'inside'): Example['reached'] {
  return async (world) => {
    const { route53 } = world.ground.theatre.stage.cloud.rooms;
    const asker = view === 'inside' ? { fromVpc: world.ground.vpcId } : {};
    const answer = route53.resolve(name, 'A', asker);
    if (answer.kind !== 'answer') return [answer.kind];
    const filter = view === 'inside' ? 'network-interface.addresses.private-ip-address' : 'ip-address';
    return instances(
      world,
      { Name: filter, Values: [...answer.values] },
      { Name: 'vpc-id', Values: [world.ground.vpcId] },
    );
  };
}

/** By the route in each of the tables that have it. */
function byRoute(cidr: string): Example['reached'] {
  return async ({ ground }) => {
    const { RouteTables = [] } = await ground.ec2.send(new DescribeRouteTablesCommand({}));
    return RouteTables.flatMap(({ Routes = [] }) =>
      Routes.filter(({ DestinationCidrBlock }) => DestinationCidrBlock === cidr).map(
        ({ InstanceId }) => InstanceId,
      ),
    );
  };
}

function byIpv6(ip: string): Example['reached'] {
  return async (world) =>
    instances(world, {
      Name: 'network-interface.ipv6-addresses.ipv6-address',
      Values: [world.translate(ip)],
    });
}

/** By the load balancer. */
function byTargetGroup(arn: string): Example['reached'] {
  return async (world) => {
    const { TargetHealthDescriptions = [] } = await world.ground.loadBalancing.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: world.translate(arn) }),
    );
    return TargetHealthDescriptions.map(({ Target }) => Target?.Id);
  };
}

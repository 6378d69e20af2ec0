import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AwsError } from '../../../../localcloud/core/aws-error.ts';
import { VirtualClock } from '../../../../localcloud/core/clock.ts';
import { seededRandom } from '../../../../localcloud/core/random.ts';
import { createEc2, type Ec2 } from '../../../../localcloud/ec2/ec2.ts';

/** Picks one of what there is, by a number that knows nothing of the world. */
type Pick = number;

type Step =
  | { readonly kind: 'pass-time'; readonly durationMs: number }
  | {
      readonly kind: 'call';
      readonly operation: string;
      readonly picks: readonly Pick[];
      readonly flag: boolean;
    };

const operations = [
  'RunInstances',
  'StopInstances',
  'StartInstances',
  'TerminateInstances',
  'AllocateAddress',
  'AssociateAddress',
  'DisassociateAddress',
  'ReleaseAddress',
  'CreateNetworkInterface',
  'AttachNetworkInterface',
  'DetachNetworkInterface',
  'DeleteNetworkInterface',
  'AssignPrivateIpAddresses',
  'UnassignPrivateIpAddresses',
];

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('pass-time' as const), durationMs: fc.nat(10_000) }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('call' as const),
        operation: fc.constantFrom(...operations),
        picks: fc.tuple(fc.nat(50), fc.nat(50), fc.nat(50)),
        flag: fc.boolean(),
      }),
    },
  ),
  { minLength: 20, maxLength: 80, size: 'max' },
);

/** Three instances that run, three interfaces that are attached to nothing, four free Elastic IPs. */
async function aRoom(describeMs: number): Promise<{ room: Ec2; clock: VirtualClock }> {
  const { room, clock } = anEmptyRoom(describeMs);
  const beginning = ['RunInstances', 'RunInstances', 'RunInstances']
    .concat(['CreateNetworkInterface', 'CreateNetworkInterface', 'CreateNetworkInterface'])
    .concat(['AllocateAddress', 'AllocateAddress', 'AllocateAddress', 'AllocateAddress']);
  for (const operation of beginning)
    await take(room, clock, { kind: 'call', operation, picks: [1, 1, 1], flag: false });
  clock.advanceBy(60_000);
  return { room, clock };
}

function anEmptyRoom(describeMs: number): { room: Ec2; clock: VirtualClock } {
  const clock = new VirtualClock();
  const room = createEc2({
    clock,
    random: seededRandom(1),
    accountId: '123456789012',
    region: 'us-east-1',
    partition: 'aws',
    lag: () => ({ describeMs, route53SyncMs: 0 }),
    publish: () => undefined,
  });
  return { room, clock };
}

const call = { requestId: 'request', accessKeyId: 'AKIATEST', traceId: undefined };

/** Carries the step out; what EC2 refuses is fine, any other exception is not. */
async function take(room: Ec2, clock: VirtualClock, step: Step): Promise<void> {
  if (step.kind === 'pass-time') {
    clock.advanceBy(step.durationMs);
    return;
  }
  const operation = room.operations.get(step.operation);
  if (operation === undefined) throw new Error(`no operation ${step.operation}`);
  try {
    await operation.run(inputFor(room, step) as never, call);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
  }
}

function inputFor({ world }: Ec2, { operation, picks, flag }: Extract<Step, { kind: 'call' }>): object {
  const [a = 0, b = 0, c = 0] = picks;
  const pick = <Item>(items: Iterable<Item>, by: Pick): Item | undefined => {
    const all = [...items];
    return all[by % Math.max(1, all.length)];
  };
  const instanceId = pick(world.instances.all(), a)?.id ?? 'i-00000000000000000';
  const eni = pick(world.networkInterfaces.all(), b);
  const networkInterfaceId = eni?.id ?? 'eni-00000000000000000';
  const address = pick(world.addresses.all(), c);
  const someIp =
    pick(pick(world.networkInterfaces.all(), c)?.privateIps ?? [], a)?.address ?? `172.31.0.${a}`;
  const inputs: Readonly<Record<string, () => object>> = {
    RunInstances: () => ({
      ImageId: 'ami-12345678',
      InstanceType: 't3.small',
      MinCount: 1,
      MaxCount: 1 + (a % 2),
    }),
    StopInstances: () => ({ InstanceIds: [instanceId] }),
    StartInstances: () => ({ InstanceIds: [instanceId] }),
    TerminateInstances: () => ({ InstanceIds: [instanceId] }),
    AllocateAddress: () => ({}),
    AssociateAddress: () => ({
      AllocationId: address?.id ?? 'eipalloc-00000000000000000',
      ...(flag ? { InstanceId: instanceId } : { NetworkInterfaceId: networkInterfaceId }),
      ...(a % 3 === 0 && { PrivateIpAddress: pick(eni?.privateIps ?? [], a)?.address }),
    }),
    DisassociateAddress: () => ({ AssociationId: address?.association?.id ?? 'eipassoc-0' }),
    ReleaseAddress: () => ({ AllocationId: address?.id ?? 'eipalloc-00000000000000000' }),
    CreateNetworkInterface: () => ({
      SubnetId: pick(world.subnets.all(), 0)?.id,
      SecondaryPrivateIpAddressCount: a % 3,
      ...(flag && { PrivateIpAddress: `172.31.0.${b}` }),
    }),
    AttachNetworkInterface: () => ({
      InstanceId: instanceId,
      NetworkInterfaceId: networkInterfaceId,
      DeviceIndex: 1 + (c % 3),
    }),
    DetachNetworkInterface: () => ({ AttachmentId: eni?.attachment?.id ?? 'eni-attach-0', Force: flag }),
    DeleteNetworkInterface: () => ({ NetworkInterfaceId: networkInterfaceId }),
    AssignPrivateIpAddresses: () => ({
      NetworkInterfaceId: networkInterfaceId,
      AllowReassignment: flag,
      ...(a % 4 === 0 ? { SecondaryPrivateIpAddressCount: 1 } : { PrivateIpAddresses: [someIp] }),
    }),
    UnassignPrivateIpAddresses: () => ({
      NetworkInterfaceId: networkInterfaceId,
      PrivateIpAddresses: [pick(eni?.privateIps ?? [], c)?.address ?? someIp],
    }),
  };
  return inputs[operation]?.() ?? {};
}

async function shown(room: Ec2): Promise<unknown[]> {
  return Promise.all(
    ['DescribeInstances', 'DescribeNetworkInterfaces', 'DescribeAddresses'].map((name) =>
      room.operations.get(name)?.run({} as never, call),
    ),
  );
}

describe('whatever is asked of EC2, in whatever order', () => {
  test('its invariants hold after every step', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { room, clock } = await aRoom(0);
        for (const step of run) {
          await take(room, clock, step);
          room.checkInvariants?.();
        }
      }),
      { numRuns: 100 },
    );
  });

  test('after quiet time Describe calls show what they would without lag', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const [lagging, prompt] = [await aRoom(3_000), await aRoom(0)];
        for (const step of run) {
          await take(lagging.room, lagging.clock, step);
          await take(prompt.room, prompt.clock, step);
        }
        lagging.clock.advanceBy(60_000);
        prompt.clock.advanceBy(60_000);
        expect(await shown(lagging.room)).toEqual(await shown(prompt.room));
      }),
      { numRuns: 30 },
    );
  });

  test('when all instances are terminated, only interfaces of their own are left, and no address is stuck', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (run) => {
        const { room, clock } = await aRoom(0);
        for (const step of run) await take(room, clock, step);
        room.terminateInstances([...room.world.instances.all()].map(({ id }) => id));
        clock.advanceBy(60_000);
        room.checkInvariants?.();
        for (const eni of room.world.networkInterfaces.all()) expect(eni.attachment).toBeUndefined();
        const publicIps = [...room.world.networkInterfaces.all()].flatMap(({ privateIps }) =>
          privateIps.flatMap(({ association }) => association?.kind ?? []),
        );
        expect(publicIps).not.toContain('auto');
      }),
      { numRuns: 30 },
    );
  });
});

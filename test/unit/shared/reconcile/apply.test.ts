import { describe, expect, it } from 'vitest';
import { normalizeDnsName } from '../../../../shared/model/dns-name.ts';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { hostedZoneIdSchema } from '../../../../shared/model/ids.ts';
import type { RecordSet } from '../../../../shared/model/record-set.ts';
import { apply } from '../../../../shared/reconcile/apply.ts';
import type { Applied, ToApply } from '../../../../shared/reconcile/to-apply.ts';
import {
  allocationId,
  anElasticIp,
  anInstance,
  aRecord,
  instanceId,
  networkInterfaceId,
  nowMs,
  privateIp,
  publicIp,
  roleName,
  zoneId,
} from '../../../builders/observed.ts';
import { Stage } from '../../../fakes/stage.ts';

const otherZoneId = hostedZoneIdSchema.parse('Z0PUBLIC');

/** The record of a role, `role-1.corp.internal`. */
function recordOf(number: number, value = '10.0.1.1'): RecordSet {
  return aRecord(value, { name: normalizeDnsName(`role-${number}.corp.internal`) });
}

/** A claim that replaces the role's record. */
function aClaim(number: number, overrides: Partial<ToApply> = {}): ToApply {
  return {
    role: roleName(`role-${number}`),
    slot: 0,
    holder: undefined,
    generation: number,
    leaseExpiresAtMs: nowMs + 30_000,
    changes: [{ kind: 'change-record', before: recordOf(number), after: recordOf(number, '10.0.1.2') }],
    ...overrides,
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

function aStage(count: number): Stage {
  const stage = new Stage();
  stage.route53.put(...upTo(count).map((number) => recordOf(number)));
  return stage;
}

/** The roles that were done, and the codes of what became of the others. */
function summaryOf(results: ReadonlyMap<ToApply, Applied>) {
  const all = [...results];
  return {
    done: all.filter(([, { done }]) => done.length > 0).map(([{ role }]) => role),
    failed: all.flatMap(([{ role }, { errors }]) => errors.map(({ code }) => `${role} ${code}`)),
  };
}

describe('records', () => {
  it('of all roles of a zone are one batch, which names each with its generation', async () => {
    const stage = aStage(10);

    const results = await apply(
      stage.ports,
      upTo(10).map((number) => aClaim(number)),
    );

    expect(summaryOf(results).done).toHaveLength(10);
    expect(stage.route53.batches).toMatchObject([{ zoneId, size: 10 }]);
    expect(stage.route53.batches[0]?.comment).toMatch(/^Understudy: role-1 1, role-2 2, /);
  });

  it('of two zones are two batches, each of which may fail by itself', async () => {
    const stage = aStage(2);
    const elsewhere = { ...recordOf(1), zoneId: otherZoneId };
    stage.route53.put(elsewhere);
    stage.route53.closedZones.add(otherZoneId);
    const two = aClaim(1, {
      changes: [...aClaim(1).changes, { kind: 'change-record', before: elsewhere }],
    });

    const results = await apply(stage.ports, [two, aClaim(2)]);

    expect(summaryOf(results)).toEqual({ done: ['role-1', 'role-2'], failed: ['role-1 AccessDenied'] });
    expect([...results.values()][0]?.done).toEqual(aClaim(1).changes);
  });

  it('are split into batches before Route 53 would refuse them, no role’s part torn', async () => {
    const stage = aStage(0);
    const claims = [400, 400, 400, 1].map((count, index) =>
      aClaim(index + 1, {
        changes: upTo(count).map((each) => ({
          kind: 'change-record',
          after: recordOf(index * 1_000 + each),
        })),
      }),
    );

    const results = await apply(stage.ports, claims);

    expect(summaryOf(results).done).toHaveLength(4);
    expect(stage.route53.batches.map(({ size }) => size)).toEqual([800, 401]);
  });

  it('of one role that are more than a batch takes are cut between its names', async () => {
    const stage = aStage(0);
    const changes = upTo(1_200).map((each) => ({ kind: 'change-record' as const, after: recordOf(each) }));

    const results = await apply(stage.ports, [aClaim(1, { changes })]);

    expect([...results.values()][0]?.done).toHaveLength(1_200);
    expect(stage.route53.batches.map(({ size }) => size)).toEqual([900, 300]);
  });

  it('of two slots of a role go together or not at all: one may give up what the other takes', async () => {
    const stage = aStage(3);
    const edited = recordOf(2, '192.0.2.1');
    stage.route53.put(edited);
    const gives = aClaim(1, { changes: [{ kind: 'change-record', before: recordOf(1) }] });
    const takes = { ...aClaim(2), role: gives.role, slot: 1 };

    const results = await apply(stage.ports, [gives, takes, aClaim(3)]);

    expect(summaryOf(results).done).toEqual(['role-3']);
    expect(stage.route53.at('role-1.corp.internal')).toEqual([recordOf(1)]);
  });

  it('of a role wait for its addresses: none is changed when a slot could not get its own', async () => {
    const stage = aStage(2);
    const attach = {
      kind: 'attach-network-interface' as const,
      networkInterfaceId: networkInterfaceId(9),
      instanceId: instanceId(9),
      deviceIndex: 1,
    };
    const without = { ...aClaim(1), slot: 1, changes: [attach] };

    const results = await apply(stage.ports, [aClaim(1), without, aClaim(2)]);

    expect(summaryOf(results).done).toEqual(['role-2']);
    expect(stage.route53.at('role-1.corp.internal')).toEqual([recordOf(1)]);
  });

  it.each(upTo(7))(
    'of six roles go through although the one of role %d is no longer as it was',
    async (odd) => {
      const stage = aStage(7);
      const edited = recordOf(odd, '192.0.2.1');
      stage.route53.put(edited);

      const results = await apply(
        stage.ports,
        upTo(7).map((number) => aClaim(number)),
      );

      const { done, failed } = summaryOf(results);
      expect(done).toHaveLength(6);
      expect(failed).toEqual([`role-${odd} InvalidChangeBatch`]);
      expect(stage.route53.at(edited.name)).toEqual([edited]);
    },
  );

  it('of a role stay together: one that is no longer as it was stops the others of that role in the zone', async () => {
    const stage = aStage(3);
    stage.route53.put(recordOf(2, '192.0.2.1'));
    const both = aClaim(1, { changes: [...aClaim(1).changes, ...aClaim(2).changes] });

    const results = await apply(stage.ports, [both, aClaim(3)]);

    expect(summaryOf(results)).toEqual({ done: ['role-3'], failed: ['role-1 InvalidChangeBatch'] });
    expect(stage.route53.at('role-1.corp.internal')).toEqual([recordOf(1)]);
  });

  it('are not tried one by one when the whole batch was throttled', async () => {
    const stage = aStage(4);
    stage.script.before('change', () => {
      throw new ControllerError('slow down', { code: 'Throttling', disposition: 'retryable' });
    });

    const results = await apply(
      stage.ports,
      upTo(4).map((number) => aClaim(number)),
    );

    expect(summaryOf(results).failed).toHaveLength(4);
    expect(stage.script.count('change')).toBe(1);
  });
});

describe('addresses', () => {
  const change = (number: number) => ({
    kind: 'associate-address' as const,
    allocationId: allocationId(number),
    publicIp: publicIp(number),
    networkInterfaceId: networkInterfaceId(number),
    privateIp: privateIp(number),
    instanceId: instanceId(number),
    allowReassociation: false,
  });
  const aStageWithAddresses = (count: number) => {
    const stage = new Stage();
    stage.ec2.put(...upTo(count).map((number) => anInstance(number)));
    stage.ec2.putElasticIp(
      ...upTo(count).map((number) => anElasticIp(undefined, { allocationId: allocationId(number) })),
    );
    return stage;
  };

  it('are associated side by side, ten calls at a time', async () => {
    const stage = aStageWithAddresses(25);
    const { promise: gate, resolve: open } = Promise.withResolvers<void>();
    for (const _ of upTo(25)) stage.script.before('associate', () => gate);

    const applying = apply(
      stage.ports,
      upTo(25).map((number) => aClaim(number, { changes: [change(number)] })),
    );
    await new Promise(setImmediate);
    const begun = stage.script.count('associate');
    open();

    expect(begun).toBe(10);
    expect(summaryOf(await applying).done).toHaveLength(25);
  });

  it('come back with the id that tells this association from any later one', async () => {
    const stage = aStageWithAddresses(1);

    const results = await apply(stage.ports, [aClaim(1, { changes: [change(1)] })]);

    const [elasticIp] = await stage.ec2.elasticIps();
    expect([...results.values()][0]?.associations).toEqual([
      {
        allocationId: allocationId(1),
        associationId: elasticIp?.association?.associationId,
        networkInterfaceId: networkInterfaceId(1),
        privateIp: privateIp(1),
      },
    ]);
  });

  it('fail each for its own role', async () => {
    const stage = aStageWithAddresses(3);
    stage.ec2.terminate(instanceId(2));

    const results = await apply(
      stage.ports,
      upTo(3).map((number) => aClaim(number, { changes: [change(number)] })),
    );

    expect(summaryOf(results)).toEqual({
      done: ['role-1', 'role-3'],
      failed: ['role-2 InvalidNetworkInterfaceID.NotFound'],
    });
  });
});

describe('a lease', () => {
  it.each([
    [5_000, 0],
    [4_999, 1],
    [-1, 1],
  ])('with %d ms left begins a change of records or not', async (leftMs, failures) => {
    const stage = aStage(1);

    const results = await apply(stage.ports, [aClaim(1, { leaseExpiresAtMs: nowMs + leftMs })]);

    expect(summaryOf(results).failed).toHaveLength(failures);
    expect(stage.script.count('change')).toBe(1 - failures);
  });
});

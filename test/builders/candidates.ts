import type { z } from 'zod';
import { allowSpecSchema, electionSpecSchema } from '../../shared/model/election-spec.ts';
import type { InstanceFacts, Leaving, LeavingSource } from '../../shared/model/facts.ts';
import { subnetIdSchema, vpcIdSchema } from '../../shared/model/ids.ts';
import type { Observed, ObservedInstance } from '../../shared/model/observed.ts';
import { noNetwork } from '../../shared/model/observed.ts';
import type { Verdict } from '../../shared/model/role-plan.ts';
import type { RoleState, SlotState } from '../../shared/model/role-state.ts';
import { noState, slotOf } from '../../shared/model/role-state.ts';
import type { Election } from '../../shared/plan/election/elect.ts';
import { elect } from '../../shared/plan/election/elect.ts';
import type { ObstacleTo } from '../../shared/plan/election/standing.ts';
import { instanceId, networkInterfaceId, nowMs, privateIp, roleName } from './observed.ts';

export const minuteMs = 60_000;

/** A running instance that asks for the role `db`; the higher its number, the later it was launched. */
export function aCandidate(number: number, overrides: Partial<ObservedInstance> = {}): ObservedInstance {
  return {
    instanceId: instanceId(number),
    state: 'running',
    tags: { role: 'db' },
    launchTimeMs: nowMs - 60 * minuteMs + number,
    privateIps: [
      { networkInterfaceId: networkInterfaceId(number), privateIp: privateIp(number), isPrimary: true },
    ],
    attachments: [],
    vpcId: vpcIdSchema.parse('vpc-00000001'),
    subnetId: subnetIdSchema.parse('subnet-0000000a'),
    zone: 'eu-west-1a',
    instanceType: 't3.micro',
    imageId: 'ami-00000001',
    accountId: '111122223333',
    securityGroupIds: [],
    ...overrides,
  };
}

/** Everything that an election looks at, said in few words. Instances and slots are named by number. */
export interface Scene {
  readonly candidates: readonly ObservedInstance[];
  readonly election?: z.input<typeof electionSpecSchema>;
  readonly allow?: z.input<typeof allowSpecSchema>;
  /** Who holds each slot since an hour ago; nobody where it is undefined. */
  readonly holders?: readonly (number | undefined)[];
  /** One unless holders are named. */
  readonly slots?: number;
  readonly claimedAtMs?: number;
  readonly facts?: Readonly<Record<number, InstanceFacts>>;
  readonly state?: Partial<RoleState>;
  readonly statusChecks?: Readonly<Record<number, Observed['statusChecks'][string]>>;
  readonly imageOwners?: Observed['imageOwners'];
}

export function observedOf(scene: Scene): Observed {
  const { holders = [], slots = Math.max(1, holders.length) } = scene;
  const byId = <Value>(values: Readonly<Record<number, Value>> = {}): Record<string, Value> =>
    Object.fromEntries(Object.entries(values).map(([number, value]) => [instanceId(Number(number)), value]));
  return {
    role: {
      name: roleName('db'),
      spec: {
        slots,
        addresses: [],
        records: [],
        ...(scene.allow === undefined ? {} : { allow: allowSpecSchema.parse(scene.allow) }),
        election: electionSpecSchema.parse(scene.election ?? {}),
        vacant: 'keep',
      },
      version: 1,
      zoneIds: {},
      reverseZones: [],
    },
    state: {
      ...noState,
      slots: Array.from({ length: slots }, (_, slot) => aSlot(slot, holders[slot], scene.claimedAtMs)),
      facts: byId(scene.facts),
      ...scene.state,
    },
    instances: scene.candidates,
    elasticIps: [],
    network: noNetwork,
    statusChecks: byId(scene.statusChecks),
    imageOwners: scene.imageOwners ?? {},
    names: undefined,
    region: 'eu-west-1',
    roleTagKey: 'role',
  };
}

function aSlot(slot: number, holder: number | undefined, claimedAtMs = nowMs - 60 * minuteMs): SlotState {
  if (holder === undefined) return slotOf(noState, slot);
  return { ...slotOf(noState, slot), generation: 1, holder: instanceId(holder), claimedAtMs };
}

/** The election of a scene; nothing is in anybody's way unless told. */
export function electIn(scene: Scene, obstacleTo: ObstacleTo = () => undefined): Election {
  const observed = observedOf(scene);
  return elect(observed, observed.state.slots, obstacleTo, nowMs);
}

/** The numbers of those who hold the slots, in their order. */
export function holdersIn(scene: Scene, obstacleTo?: ObstacleTo): readonly (number | undefined)[] {
  return [...electIn(scene, obstacleTo).holders.values()].map((id) =>
    id === undefined ? undefined : Number.parseInt(id.slice(2), 16),
  );
}

/** What is said of one candidate, in a word and in a sentence. */
export function verdictIn(
  scene: Scene,
  number: number,
  obstacleTo?: ObstacleTo,
): Omit<Verdict, 'instanceId'> {
  const verdict = electIn(scene, obstacleTo).verdicts.find((each) => each.instanceId === instanceId(number));
  if (verdict === undefined) throw new Error(`there is no verdict on candidate ${number}`);
  const { instanceId: _, ...rest } = verdict;
  return rest;
}

/** Said a minute ago, and so from then on. */
export function leaving(source: LeavingSource, word: Partial<Leaving> = {}): InstanceFacts {
  const saidAtMs = nowMs - minuteMs;
  return { leaving: { [source]: { saidAtMs, atMs: saidAtMs, words: 'it was said', ...word } } };
}

/** One alarm of the instance, with its last word. */
export function alarmed(state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA', name = 'cpu'): InstanceFacts {
  return { alarms: { [name]: { state, timeMs: nowMs - minuteMs } } };
}

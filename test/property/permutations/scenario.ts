import type { InstanceFacts } from '../../../shared/model/facts.ts';
import type { InstanceId } from '../../../shared/model/ids.ts';
import { reconcileTriggers } from '../../../shared/reconcile/reconcile-triggers.ts';
import { parseEvent } from '../../../shared/triggers/parse-event.ts';
import type { BusEvent } from '../../builders/bus-events.ts';
import { instanceId, roleName } from '../../builders/observed.ts';
import { whereabouts } from '../../fakes/settled-stage.ts';
import type { Stage } from '../../fakes/stage.ts';

/** Something that happens in the world, if it is no mere word, and the event that tells of it. */
export interface Step {
  readonly happens?: (stage: Stage) => void;
  readonly event: BusEvent;
}

/** What has come of a scenario: all that a later decision could depend on. */
export interface Ending {
  readonly db: Omit<ReturnType<typeof whereabouts>, 'generation'>;
  readonly otherHolders: Readonly<Record<string, InstanceId | undefined>>;
  /** Of each instance, what is kept with it. When a hook was answered depends on the order, whether it was does not. */
  readonly facts: readonly object[];
  readonly answers: Readonly<Record<string, string>>;
}

export interface Scenario {
  readonly name: string;
  readonly stage: () => Stage;
  /** In the order in which they happen. */
  readonly steps: readonly Step[];
  /** Parts of the ending; the rest must be the same for all orders, whatever it is. */
  readonly ending: {
    readonly holder: number;
    /** Once all is over before the first event: the generation in which it ends, or each of those that there may be. */
    readonly generations: readonly number[];
    readonly answers?: Readonly<Record<string, string>>;
    readonly otherHolders?: Readonly<Record<string, InstanceId>>;
  };
}

const instances = [1, 2, 3, 4];

/** The stage as it is when the scenario begins: the table remembers who holds what, as it does once a claim is settled. */
export async function opened({ stage: make }: Pick<Scenario, 'stage'>): Promise<Stage> {
  const stage = make();
  const asked = ['db', 'web'].map(roleName).flatMap((role) => {
    const holder = stage.store.stateOf(role).slots[0]?.holder;
    return holder === undefined ? [] : [{ instanceId: holder, roles: [role] }];
  });
  await stage.store.remember({ asked, gone: [], history: [] });
  return stage;
}

/** Gives the controller some events, as one invocation would get them. */
export async function deliver(stage: Stage, events: readonly BusEvent[]): Promise<void> {
  const triggers = events.flatMap((event) => {
    const parsed = parseEvent(event);
    return parsed.kind === 'trigger' && parsed.trigger.kind !== 'scheduled-resync' ? [parsed.trigger] : [];
  });
  const { ports, settings, surroundings } = stage;
  const results = await reconcileTriggers(ports, settings, triggers, surroundings.now() + 60_000);
  const failed = results.flatMap(({ outcomes }) => outcomes).find(({ outcome }) => outcome.kind === 'failed');
  if (failed !== undefined) throw new Error(`${failed.role} failed`, { cause: failed.outcome });
}

export async function endingOf(stage: Stage): Promise<Ending> {
  const memories = await Promise.all(
    instances.map((each) => stage.store.rememberedInstance(instanceId(each))),
  );
  const { generation: _, ...db } = whereabouts(stage);
  const web = stage.store.stateOf(roleName('web')).slots[0]?.holder;
  return {
    db,
    otherHolders: web === undefined ? {} : { web },
    facts: memories.map(({ facts, isGone }) => ({ ...comparable(facts), isGone })),
    answers: Object.fromEntries([...stage.hooks.answers].toSorted()),
  };
}

function comparable({ hook, ...facts }: InstanceFacts): object {
  if (hook === undefined) return facts;
  const { answeredAtMs, ...rest } = hook;
  return { ...facts, hook: { ...rest, isAnswered: answeredAtMs !== undefined } };
}

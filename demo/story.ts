import { launch, replay, tag, terminate, untag } from './actors.ts';
import type { CallCounts } from './measure.ts';
import { countCalls, countWrites, roundTripsUntilChanged } from './measure.ts';
import type { Stage } from './stage.ts';
import type { Expected, Told } from './step.ts';
import { leadingRole, Storyteller } from './storyteller.ts';
import type { OutcomeLine, Sighting, Witness } from './witness.ts';

/** What the whole story comes to; every number is counted from the call log. */
export interface Summary {
  /** Every step came out as expected. */
  readonly converged: boolean;
  readonly failover: CallCounts & { readonly roundTrips: number };
  readonly duplicate: CallCounts & { readonly writes: number };
  readonly untagged: CallCounts & { readonly writes: number };
  readonly replay: { readonly events: number; readonly writes: number };
}

/** The roles files of the two scenes, applied as an operator would. */
export interface Roles {
  readonly defineDb: () => Promise<void>;
  readonly defineGuarded: () => Promise<void>;
}

/** Who is on stage when the first scene ends. */
interface Cast {
  readonly understudy: string;
  readonly bystander: string;
}

/** Plays both scenes, telling each step when it is done. */
export async function playStory(
  stage: Stage,
  witness: Witness,
  roles: Roles,
  tell: (told: Told) => void,
): Promise<Summary> {
  const teller = new Storyteller(stage, witness, tell);
  await teller.define('define', leadingRole, roles.defineDb);
  const { cast, costs } = await playFailover(teller);
  await playWarnings(teller, cast);
  await teller.define('define-guarded', 'licence-server', roles.defineGuarded);
  await playAuthority(teller);
  return { converged: teller.hasNoSurprise, ...costs };
}

/** The first scene: a lead, an understudy, a death, and every event of it again. */
async function playFailover(
  teller: Storyteller,
): Promise<{ readonly cast: Cast; readonly costs: Omit<Summary, 'converged'> }> {
  const { stage } = teller;
  const [subnetA, subnetB] = stage.world.subnetIds;
  const lead = await launch(stage, subnetA, leadingRole);
  await teller.awaitState('launch', lead, 'running', { outcome: 'converged', holder: lead, generation: 1 });
  const understudy = await launch(stage, subnetB, leadingRole);
  await teller.awaitState('understudy', understudy, 'running', {
    outcome: 'noop',
    holder: lead,
    generation: 1,
  });
  const bystander = await launch(stage, subnetA, undefined);
  const untagged = await teller.awaitState('untagged', bystander, 'running', { outcome: 'ignored' });

  const moved = { holder: understudy, generation: 2 };
  await terminate(stage, lead);
  const failover = await teller.awaitState('failover', lead, 'shutting-down', {
    outcome: 'converged',
    ...moved,
  });
  await teller.awaitState('terminated', lead, 'terminated', { outcome: 'noop', ...moved });
  const duplicate = await deliverAgain(teller, lead, { outcome: 'noop', ...moved });
  return {
    cast: { understudy, bystander },
    costs: {
      failover: { ...countCalls(failover.calls), roundTrips: roundTripsUntilChanged(failover.calls) },
      duplicate: { ...countCalls(duplicate.calls), writes: countWrites(duplicate.calls) },
      untagged: { ...countCalls(untagged.calls), writes: countWrites(untagged.calls) },
      replay: await teller.replayAll({ outcome: 'noop', ...moved }),
    },
  };
}

async function deliverAgain(teller: Storyteller, id: string, expected: Expected): Promise<Sighting> {
  const envelope = teller
    .stateChanges()
    .find(
      ({ detail }) =>
        Reflect.get(detail, 'instance-id') === id && Reflect.get(detail, 'state') === 'shutting-down',
    );
  const from = teller.seen;
  if (envelope !== undefined) await replay(teller.stage, [envelope]);
  return teller.awaitState('duplicate', id, 'shutting-down', expected, from);
}

/** The second scene: the role moves because a tag does, and because a Spot warning comes. */
async function playWarnings(teller: Storyteller, { understudy, bystander }: Cast): Promise<void> {
  const { stage } = teller;
  await tag(stage, bystander, leadingRole);
  await teller.awaitOutcome('tagged', `Tag Change on ${bystander}`, toldBy('tag-change', bystander), {
    outcome: 'noop',
    holder: understudy,
    generation: 2,
  });
  await untag(stage, understudy);
  await teller.awaitOutcome(
    'untagged-holder',
    `Tag Change on ${understudy}`,
    toldBy('tag-change', understudy),
    {
      outcome: 'converged',
      holder: bystander,
      generation: 3,
    },
  );
  const from = teller.seen;
  await tag(stage, understudy, leadingRole);
  await teller.awaitOutcome(
    'tagged-again',
    `Tag Change on ${understudy}`,
    toldBy('tag-change', understudy),
    { outcome: 'noop', holder: bystander, generation: 3 },
    from,
  );
  stage.cloud.rooms.ec2.warnOfInterruption(bystander, 'terminate');
  await teller.awaitOutcome(
    'spot-warning',
    `EC2 Spot Instance Interruption Warning ${bystander}`,
    toldBy('spot-interruption', bystander),
    { outcome: 'converged', holder: understudy, generation: 4 },
  );
}

/** The second scene goes on: somebody claims a role that is not for them. */
async function playAuthority(teller: Storyteller): Promise<void> {
  const { stage } = teller;
  const [subnetA, subnetB] = stage.world.subnetIds;
  const IamInstanceProfile = { Name: 'licence-server' };
  const holder = await launch(stage, subnetA, 'licence-server', { IamInstanceProfile });
  await teller.awaitState('guarded', holder, 'running', { outcome: 'converged', holder, generation: 1 });
  const intruder = await launch(stage, subnetB, 'licence-server');
  await teller.awaitState('intruder', intruder, 'running', {
    outcome: 'noop',
    holder,
    generation: 1,
    unauthorized: intruder,
  });
}

function toldBy(trigger: string, instanceId: string): (line: OutcomeLine) => boolean {
  return ({ cause }) => cause.trigger === trigger && cause.instanceId === instanceId;
}

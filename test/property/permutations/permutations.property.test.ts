import { describe, expect, it } from 'vitest';
import { instanceId } from '../../builders/observed.ts';
import { permutations } from '../../builders/permutations.ts';
import { db } from '../../fakes/settled-stage.ts';
import type { Stage } from '../../fakes/stage.ts';
import type { Ending, Scenario, Step } from './scenario.ts';
import { deliver, endingOf, opened } from './scenario.ts';
import { killedForGood, scenarios } from './scenarios.ts';

/** Every order of the steps, each twice; two that differ only in which of the twins comes first are one. */
function ordersOf({ steps }: Scenario): readonly (readonly Step[])[] {
  const orders = permutations([...steps.keys(), ...steps.keys()]);
  return [...new Map(orders.map((order) => [order.join(), order])).values()].map((order) =>
    order.flatMap((index) => steps[index] ?? []),
  );
}

/** All that happens has happened before anything is told of it. */
async function tellLate(scenario: Scenario, order: readonly Step[]): Promise<Stage> {
  const stage = await opened(scenario);
  for (const { happens } of scenario.steps) happens?.(stage);
  for (const { event } of order) await deliver(stage, [event]);
  return stage;
}

/** Each step is told as soon as it has happened, or whenever its turn comes; what was before it has happened by then. */
async function tellAtOnce(scenario: Scenario, order: readonly Step[]): Promise<Stage> {
  const stage = await opened(scenario);
  const ahead = [...scenario.steps];
  for (const step of order) {
    for (const { happens } of ahead.splice(0, ahead.indexOf(step) + 1)) happens?.(stage);
    await deliver(stage, [step.event]);
  }
  return stage;
}

/** The whole order in one batch, as one invocation may get it. */
async function tellTogether(scenario: Scenario, order: readonly Step[]): Promise<Stage> {
  const stage = await opened(scenario);
  for (const { happens } of scenario.steps) happens?.(stage);
  await deliver(
    stage,
    order.map(({ event }) => event),
  );
  return stage;
}

interface Endings {
  /** The different ones, each with one of the orders that lead to it. */
  readonly endings: readonly { readonly ending: Ending; readonly order: string }[];
  readonly generations: readonly (number | undefined)[];
}

async function endingsOf(
  scenario: Scenario,
  tell: (scenario: Scenario, order: readonly Step[]) => Promise<Stage>,
): Promise<Endings> {
  const endings = new Map<string, { readonly ending: Ending; readonly order: string }>();
  const generations = new Set<number | undefined>();
  for (const order of ordersOf(scenario)) {
    const stage = await tell(scenario, order);
    const ending = await endingOf(stage);
    const words = order.map((step) => scenario.steps.indexOf(step)).join(' ');
    endings.set(JSON.stringify(ending), { ending, order: words });
    generations.add(stage.store.stateOf(db).slots[0]?.generation);
  }
  return { endings: [...endings.values()], generations: [...generations].toSorted() };
}

/** The ending that the scenario asks for. */
function wanted({ ending: { holder, answers = {}, otherHolders = {} } }: Scenario): Partial<Ending> {
  const id = instanceId(holder);
  return {
    db: { holder: id, carrier: id, record: [`10.0.1.${holder}`], isSettled: true },
    answers,
    otherHolders,
  };
}

describe.each(scenarios)('$name, told in every order and twice,', (scenario) => {
  it.each([
    ['when all is over', tellLate],
    ['when all is over, in one batch', tellTogether],
  ])('comes to the same %s', async (_, tell) => {
    const { endings, generations } = await endingsOf(scenario, tell);

    expect(endings).toMatchObject([{ ending: wanted(scenario) }]);
    expect(scenario.ending.generations).toEqual(expect.arrayContaining([...generations]));
  });

  it('comes to the same when it is told as it happens', async () => {
    const { endings } = await endingsOf(scenario, tellAtOnce);

    expect(endings).toMatchObject(endings.map(() => ({ ending: wanted(scenario) })));
  });
});

describe('four events, told in every order and twice,', () => {
  it('come to the same', { timeout: 120_000 }, async () => {
    const { endings, generations } = await endingsOf(killedForGood, tellLate);

    expect(endings).toMatchObject([{ ending: wanted(killedForGood) }]);
    expect(generations).toEqual([2]);
  });
});

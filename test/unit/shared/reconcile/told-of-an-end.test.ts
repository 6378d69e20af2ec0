import { describe, expect, it } from 'vitest';
import { instanceId } from '../../../builders/observed.ts';
import { aSettledStage, db, reconcileDb, whereabouts } from '../../../fakes/settled-stage.ts';
import type { Stage } from '../../../fakes/stage.ts';

/** An event has told that instance 1 ended; EC2 still shows it running. */
async function aStageToldOfTheEnd(): Promise<Stage> {
  const stage = aSettledStage();
  const hints = new Map([
    [instanceId(1), { state: 'terminated', timeMs: stage.surroundings.now() } as const],
  ]);
  await reconcileDb(stage, { hints });
  return stage;
}

describe('a pass that knows of no event', () => {
  it('does not give the role to an instance whose end was told, although it is still shown running', async () => {
    const stage = await aStageToldOfTheEnd();
    stage.ec2.terminate(instanceId(2));

    const outcome = await reconcileDb(stage);

    expect(outcome).toMatchObject({
      kind: 'vacant',
      verdicts: [
        { instanceId: instanceId(1), words: 'refused because its event said terminated' },
        { instanceId: instanceId(2) },
      ],
    });
    expect(whereabouts(stage).holder).toBeUndefined();
  });

  it('keeps that in mind for as long as a read could be behind, not for ever', async () => {
    const stage = await aStageToldOfTheEnd();

    stage.surroundings.pass(600_001);
    stage.ec2.terminate(instanceId(2));
    await reconcileDb(stage);

    expect(stage.store.stateOf(db).unfit).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { stackName } from '../../../demo/deploy.ts';
import { functions } from '../../../infra/functions.ts';
import { Ground } from '../controller/addresses/ground.ts';
import { denialsAmong } from './denials.ts';
import { EveryDuty } from './every-duty.ts';

describe.each(functions)('the role of $name', ({ name }) => {
  it('lets it do all that it ever has to, and each action of each statement is used for that', async () => {
    await using ground = await Ground.open();
    const { cloud } = ground.theatre.stage;

    const came = await new EveryDuty(ground, name).play();

    const deployed = cloud.rooms.lambda.functions().find((each) => each.name === `${stackName}-${name}`);
    const roleName = deployed?.roleArn?.split('/').at(-1);
    const uses = cloud.rooms.iam.statementUses().filter((each) => each.roleName === roleName);
    expect(came).toEqual({
      isMoved: true,
      isAdmitted: true,
      isHandedOver: true,
      // All that the policy allows.
      recordTypes: ['A', 'AAAA', 'CNAME', 'PTR', 'SRV', 'TXT'],
      deadLetters: 0,
    });
    expect(uses).not.toEqual([]);
    expect(uses.flatMap(({ sid, unusedActions }) => unusedActions.map((each) => `${sid}: ${each}`))).toEqual(
      [],
    );
    expect(denialsAmong(cloud.callLog.calls())).toEqual([]);
  });
});

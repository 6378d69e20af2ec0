import { describe, expect, it } from 'vitest';
import { ControllerError } from '../../../../shared/model/errors.ts';
import { anElasticIp, anInstance, aRecord, aRole, heldBy, instanceId } from '../../../builders/observed.ts';
import { dbElasticIp, reconcileDb, whereabouts } from '../../../fakes/settled-stage.ts';
import { Stage } from '../../../fakes/stage.ts';

const minuteMs = 60_000;
const preferred = `associate ${dbElasticIp} ${instanceId(2)}`;

/** Instance 1 holds `db`; instance 2 is preferred, and EC2 does not give it the Elastic IP. */
function aStageWithAnUnfitFavourite(): Stage {
  const stage = new Stage();
  stage.store.define(aRole({ election: { prefer: 'priority', failback: true, cooldown: '0s' } }), heldBy(1));
  const favourite = anInstance(2);
  stage.ec2.put(anInstance(1), { ...favourite, tags: { ...favourite.tags, 'role-priority': '10' } });
  stage.ec2.putElasticIp(anElasticIp(1));
  stage.route53.put(aRecord('10.0.1.1'));
  return stage;
}

function refuse(): never {
  throw new ControllerError('its VPC has no internet gateway', {
    code: 'CandidateUnfit',
    disposition: 'permanent',
  });
}

describe('a preferred candidate that EC2 keeps refusing', () => {
  it('disturbs the holder ever more rarely', async () => {
    const stage = aStageWithAnUnfitFavourite();
    const triesPerSixHours: number[] = [];

    for (let count = 0; count < 4; count += 1) {
      const before = stage.script.calls.filter((call) => call === preferred).length;
      for (let pass = 0; pass < 72; pass += 1) {
        stage.script.before('associate', refuse);
        await reconcileDb(stage);
        stage.surroundings.pass(5 * minuteMs);
      }
      triesPerSixHours.push(stage.script.calls.filter((call) => call === preferred).length - before);
    }

    expect(triesPerSixHours).toEqual([6, 1, 0, 1]);
    expect(whereabouts(stage)).toMatchObject({ holder: instanceId(1), carrier: instanceId(1) });
  });
});

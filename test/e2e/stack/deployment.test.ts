import { describe, expect, test } from 'vitest';
import { stackName } from '../../../demo/deploy.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';
import { writesAmong } from '../../../localcloud/core/call-log.ts';
import { Theatre } from '../controller/theatre.ts';
import { synthesizedTemplate, withProperties } from './synthesized-template.ts';

const deployAgain = ({ stage }: Theatre, template: unknown = synthesizedTemplate()) =>
  stage.cloud.rooms.cloudFormation.deployTemplate({ stackName, assemblyDirectory, template });

describe('the synthesized template', () => {
  test('deployed once more changes nothing', async () => {
    await using theatre = await Theatre.open();
    const first = await deployAgain(theatre);

    const second = await deployAgain(theatre);

    expect(second).toEqual(first);
  });

  test('in a second version leaves roles, addresses and records where they are, and moves them from then on', async () => {
    await using theatre = await Theatre.open();
    await theatre.defineDb();
    const holder = await theatre.launch('db');
    await theatre.settle();
    const { callLog } = theatre.stage.cloud;
    const [slot, record, sequence] = [await theatre.slot(), await theatre.record(), callLog.sequence];

    const larger = withProperties(synthesizedTemplate(), 'AWS::Lambda::Function', () => ({
      MemorySize: 1024,
    }));
    await deployAgain(theatre, larger);
    await theatre.settle(90_000);

    const moves = writesAmong(callLog.since(sequence)).filter(({ service }) =>
      ['ec2', 'route53'].includes(service),
    );
    const [isAt, points, held] = [await theatre.elasticIpAt(), await theatre.record(), await theatre.slot()];
    const understudy = await theatre.launch('db', 1);
    await theatre.terminate(holder);

    expect(theatre.stage.cloud.rooms.lambda.functions().map(({ memoryMb }) => memoryMb)).toEqual([
      1024, 1024,
    ]);
    expect([isAt, points, held]).toEqual([holder, record, slot]);
    expect(moves).toEqual([]);
    expect(await theatre.elasticIpAt()).toBe(understudy);
  });
});

import { describe, expect, test } from 'vitest';
import { stackName } from '../../../demo/deploy.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';
import { writesAmong } from '../../../localcloud/core/call-log.ts';
import { Theatre } from '../controller/theatre.ts';
import { synthesizedTemplate, withoutStatement, withProperties } from './synthesized-template.ts';

const deployAgain = ({ stage }: Theatre, template: unknown = synthesizedTemplate()) =>
  stage.cloud.rooms.cloudFormation.deployTemplate({ stackName, assemblyDirectory, template });

describe('the synthesized template', () => {
  test('deployed once more changes nothing', async () => {
    await using theatre = await Theatre.open();
    const first = await deployAgain(theatre);

    const second = await deployAgain(theatre);

    expect(second).toEqual(first);
  });

  test('in a second version leaves roles, addresses and records where they are', async () => {
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

    expect(theatre.stage.cloud.rooms.lambda.functions().map(({ memoryMb }) => memoryMb)).toEqual([
      1024, 1024,
    ]);
    expect(await theatre.elasticIpAt()).toBe(holder);
    expect(await theatre.record()).toBe(record);
    expect(await theatre.slot()).toEqual(slot);
    const moves = writesAmong(callLog.since(sequence)).filter(({ service }) =>
      ['ec2', 'route53'].includes(service),
    );
    expect(moves).toEqual([]);
  });

  test('without the permission to move Elastic IPs moves none, and EC2 says why', async () => {
    await using theatre = await Theatre.open({
      template: withoutStatement(synthesizedTemplate(), 'MoveElasticIps'),
    });
    await theatre.defineDb();

    await theatre.launch('db');

    expect(await theatre.elasticIpAt()).toBeUndefined();
    const refused = theatre.stage.cloud.callLog.calls().filter(({ errorCode }) => errorCode !== undefined);
    expect(refused).toContainEqual(
      expect.objectContaining({ operation: 'AssociateAddress', errorCode: 'UnauthorizedOperation' }),
    );
  });
});

test('what the main job takes is allowed, statement by statement', async () => {
  await using theatre = await Theatre.open();
  await theatre.defineDb();
  const holder = await theatre.launch('db');
  await theatre.launch('db', 1);

  await theatre.terminate(holder);

  const uses = theatre.stage.cloud.rooms.iam.statementUses();
  const used = new Set(uses.filter(({ usedActions }) => usedActions.length > 0).map(({ sid }) => sid));
  expect([...used]).toEqual(
    expect.arrayContaining([
      'ReadState',
      'WriteState',
      'Describe',
      'MoveElasticIps',
      'ChangeRecords',
      'WriteLogs',
      'SendTraces',
      'ReceiveEvents',
    ]),
  );
  const denied = theatre.stage.cloud.callLog
    .calls()
    .filter(({ errorCode = '' }) => /Unauthorized|AccessDenied/.test(errorCode));
  expect(denied).toEqual([]);
});

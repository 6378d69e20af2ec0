import { describe, expect, it } from 'vitest';
import { emptyTable } from './empty-table.ts';
import { LocalOperator } from './local-operator.ts';

/** Names of the operations that changed addresses or records since a point of the call log. */
function movesSince({ theatre }: LocalOperator, sequence: number): readonly string[] {
  return theatre.stage.cloud.callLog
    .calls({ since: sequence })
    .filter(({ effect, service }) => effect === 'write' && (service === 'ec2' || service === 'route53'))
    .map(({ operation }) => operation);
}

/** A role whose record says who holds it, and nothing else does; with two candidates. */
async function openWithHolders() {
  const operator = await LocalOperator.open();
  const { theatre } = operator;
  await operator.apply(operator.rolesFile());
  await theatre.launch('db,web');
  // Who came later holds web, so that an election would choose somebody else.
  const web = await theatre.launch('web', 1);
  await operator.run(`failover web --to ${web} --wait`);
  const db = await theatre.elasticIpAt();
  return { operator, theatre, db, web };
}

describe('understudy adopt', () => {
  it('rebuilds the state of a lost table from the world, and nothing moves', async () => {
    const { operator: opened, theatre, db, web } = await openWithHolders();
    await using operator = opened;
    await emptyTable(operator.theatre);
    const { sequence } = operator;
    const file = operator.rolesFile();

    const dry = await operator.run('adopt --file - --dry-run', { input: file });
    const afterDry = operator.writesSince(sequence);
    const wet = await operator.read('adopt --file -', { input: file });
    await theatre.settle(400_000);

    expect(dry).toMatchObject({ exitCode: 0, stderr: '' });
    expect(dry.stdout).toContain('2 roles would be adopted');
    expect(afterDry).toEqual([]);
    expect(wet).toMatchObject({
      defined: ['db', 'web'],
      roles: [
        { role: 'db', outcome: 'adopted', slots: [{ holder: db, generation: 1 }], toDo: [], foreign: [] },
        { role: 'web', outcome: 'adopted', slots: [{ holder: web, generation: 1 }], toDo: [], foreign: [] },
      ],
    });
    expect(movesSince(operator, sequence)).toEqual([]);
    expect(await operator.run('status')).toMatchObject({ exitCode: 0 });
    const [told] = await theatre.history();
    expect(told?.cause).toMatch(/^adopted by arn:aws:/);
  });

  it('gives what it adopted to the understudy when the holder ends', async () => {
    const { operator: opened, theatre, db = '' } = await openWithHolders();
    await using operator = opened;
    const understudy = await theatre.launch('db', 1);
    await emptyTable(operator.theatre);
    await operator.run('adopt --file -', { input: operator.rolesFile() });

    await theatre.terminate(db);

    expect(await theatre.elasticIpAt()).toBe(understudy);
    expect(await theatre.record()).toBe(await theatre.privateIpOf(understudy));
    expect((await theatre.slot())?.generation).toBe(2);
  });

  it('lists what differs and leaves it as it is', async () => {
    const { operator: opened, theatre, web } = await openWithHolders();
    await using operator = opened;
    await emptyTable(operator.theatre);
    const { sequence } = operator;
    const file = operator.rolesFile().replace('ttl: 30', 'ttl: 20');

    const answer = await operator.run('adopt --file - --role db', { input: file });
    await theatre.settle(130_000);

    expect(answer.exitCode).toBe(3);
    expect(answer.stdout).toContain('! left as it is: db.corp.internal');
    expect(movesSince(operator, sequence)).toEqual([]);
    expect(await operator.read('roles list')).toMatchObject({ roles: [{ role: 'db' }] });
    expect(web).not.toBe(await theatre.elasticIpAt());
  });

  it('leaves a role alone that has its holder', async () => {
    const { operator: opened } = await openWithHolders();
    await using operator = opened;
    const { sequence } = operator;

    const answer = await operator.run('adopt');

    expect(answer.exitCode).toBe(0);
    expect(answer.stdout).toContain('db held');
    expect(answer.stdout).toContain('0 roles adopted');
    expect(operator.writesSince(sequence)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { LocalOperator } from '../cli/local-operator.ts';
import { createPrivateZone, recordsIn } from './zones.ts';

const rolesFile = `roles:
  db:
    records:
      - { zone: corp.internal, name: db.corp.internal, value: privateIp, reverse: true }
`;

/** As a reverse lookup asks for it. */
function reverseName(ip: string): string {
  return `${ip.split('.').toReversed().join('.')}.in-addr.arpa`;
}

describe('a record with reverse: true', () => {
  it('has a PTR that agrees with it, before and after a failover, and never two', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    const { vpcId } = theatre.stage.world;
    const { route53 } = theatre.stage.cloud.rooms;
    const reverseZoneId = await createPrivateZone(theatre, '10.in-addr.arpa');
    await operator.apply(rolesFile);
    /** What a server such as PostgreSQL does with the address of a client. */
    const nameOf = (ip: string) => route53.resolve(reverseName(ip), 'PTR', { fromVpc: vpcId });

    const lead = await theatre.launch('db');
    const first = (await theatre.privateIpOf(lead)) ?? '';
    const firstName = nameOf(first);
    const understudy = await theatre.launch('db', 1);
    await theatre.terminate(lead);
    const second = (await theatre.privateIpOf(understudy)) ?? '';

    expect(firstName).toMatchObject({ values: ['db.corp.internal'] });
    expect(await theatre.record()).toBe(second);
    expect(nameOf(second)).toMatchObject({ values: ['db.corp.internal'] });
    expect(await recordsIn(theatre, reverseZoneId)).toEqual({
      [`${reverseName(second)} PTR`]: '60 db.corp.internal',
    });
    const { sequence } = operator;
    await theatre.settle(120_000);
    expect(operator.writesSince(sequence)).toEqual([]);
  });

  it('is refused when it is applied while there is no reverse zone', async () => {
    await using operator = await LocalOperator.open();

    const refused = await operator.apply(rolesFile);

    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('roles.db.records[0].reverse');
    expect(refused.stderr).toContain('1.0.10.in-addr.arpa');
  });

  it('is written without its PTR, which is refused, for an address that no reverse zone holds', async () => {
    await using operator = await LocalOperator.open();
    const { theatre } = operator;
    // That of the first subnet only.
    const reverseZoneId = await createPrivateZone(theatre, '1.0.10.in-addr.arpa');
    await operator.apply(rolesFile);
    const lead = await theatre.launch('db');
    const understudy = await theatre.launch('db', 1);

    await theatre.terminate(lead);

    const second = (await theatre.privateIpOf(understudy)) ?? '';
    expect(await theatre.record()).toBe(second);
    expect(theatre.outcomes().at(-1)).toMatchObject({ outcome: 'refused', holder: understudy });
    expect(theatre.outcomes().at(-1)?.refusals[0]?.words).toContain(
      `no reverse zone is known for ${second}; its PTR needs a hosted zone such as 2.0.10.in-addr.arpa`,
    );
    // The former PTR would not agree with the record any more.
    expect(await recordsIn(theatre, reverseZoneId)).toEqual({});
  });
});

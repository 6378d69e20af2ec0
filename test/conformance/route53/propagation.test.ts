import { ChangeResourceRecordSetsCommand, GetChangeCommand } from '@aws-sdk/client-route-53';
import { expect } from 'vitest';
import { bareId, creating, expectedError, record, route53Case, zoneCase } from './zone-case.ts';

const source = 'https://docs.aws.amazon.com/Route53/latest/APIReference/API_GetChange.html';

zoneCase('a change is PENDING, then INSYNC', source, async (zone, target) => {
  const change = await zone.change(creating(record(`db.${zone.name}`, 'A', '10.0.0.1')));

  expect(change.Status).toBe('PENDING');
  await target.eventually(async () => {
    const got = await zone.route53.send(new GetChangeCommand({ Id: change.Id }));
    expect(got.ChangeInfo).toEqual({ ...change, Status: 'INSYNC' });
  });
});

zoneCase('each change has an id of its own and keeps its comment', source, async (zone) => {
  const Changes = [creating(record(`a.${zone.name}`, 'A', '10.0.0.1'))];
  const commented = await zone.route53.send(
    new ChangeResourceRecordSetsCommand({ HostedZoneId: zone.id, ChangeBatch: { Comment: 'why', Changes } }),
  );

  const other = await zone.change(creating(record(`b.${zone.name}`, 'A', '10.0.0.1')));

  expect(commented.ChangeInfo?.Comment).toBe('why');
  expect(commented.ChangeInfo?.Id).toMatch(/^\/change\/C[0-9A-Z]+$/);
  expect(other.Id).not.toBe(commented.ChangeInfo?.Id);
});

zoneCase(
  'a PENDING change is listed at once',
  'https://docs.aws.amazon.com/Route53/latest/APIReference/API_ListResourceRecordSets.html',
  async (zone) => {
    const change = await zone.change(creating(record(`db.${zone.name}.`, 'A', '10.0.0.1')));

    const listed = await zone.recordSets();

    expect(change.Status).toBe('PENDING');
    expect(listed).toEqual([record(`db.${zone.name}.`, 'A', '10.0.0.1')]);
  },
);

route53Case(
  'an unknown change is not found',
  'https://github.com/boto/botocore/pull/543',
  async ({ clients }) => {
    const id = 'C15RYMEZ8RZJFM';

    const got = clients.route53.send(new GetChangeCommand({ Id: `/change/${bareId(id)}` }));

    await expect(got).rejects.toMatchObject(
      expectedError('NoSuchChange', `Could not find resource with ID: ${id}`, 404),
    );
  },
);

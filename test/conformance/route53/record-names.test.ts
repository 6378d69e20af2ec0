import { expect } from 'vitest';
import { creating, deleting, invalidChangeBatch, record, upserting, zoneCase } from './zone-case.ts';

const source = 'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DomainNameFormat.html';

zoneCase('names are answered in lower case with a trailing dot', source, async (zone) => {
  await zone.change(creating(record(`DB.${zone.name.toUpperCase()}`, 'A', '10.0.0.1')));

  expect(await zone.recordSets()).toEqual([record(`db.${zone.name}.`, 'A', '10.0.0.1')]);
});

zoneCase('a name is the same in any case, with and without its dot', source, async (zone) => {
  await zone.change(creating(record(`db.${zone.name}.`, 'A', '10.0.0.1')));

  await zone.change(deleting(record(`Db.${zone.name}`, 'A', '10.0.0.1')));

  expect(await zone.recordSets()).toEqual([]);
});

zoneCase('a wildcard is answered as an octal escape, and taken either way', source, async (zone) => {
  await zone.change(creating(record(`*.${zone.name}`, 'A', '10.0.0.1')));
  await zone.change(upserting(record(`\\052.${zone.name}`, 'A', '10.0.0.2')));

  expect(await zone.recordSets()).toEqual([record(`\\052.${zone.name}.`, 'A', '10.0.0.2')]);
});

zoneCase('characters other than letters, digits, - and _ are answered as escapes', source, async (zone) => {
  await zone.change(creating(record(`a/b.${zone.name}`, 'A', '10.0.0.1')));
  await zone.change(creating(record(`_x-1.${zone.name}`, 'A', '10.0.0.1')));

  const names = (await zone.recordSets()).map(({ Name }) => Name);
  expect(names).toEqual(expect.arrayContaining([`a\\057b.${zone.name}.`, `_x-1.${zone.name}.`]));
});

zoneCase(
  'a label of more than 63 characters is refused',
  'https://github.com/ministryofjustice/cloud-platform/issues/4294',
  async (zone) => {
    const label = 'x'.repeat(64);

    const tooLong = zone.change(creating(record(`${label}.${zone.name}`, 'A', '10.0.0.1')));

    const reason = `FATAL problem: DomainLabelTooLong (Domain label is too long) encountered with '${label}'`;
    await expect(tooLong).rejects.toMatchObject(invalidChangeBatch(reason));
    await zone.change(creating(record(`${'x'.repeat(63)}.${zone.name}`, 'A', '10.0.0.1')));
  },
);

zoneCase('a name of more than 255 characters is refused', source, async (zone) => {
  const label = 'x'.repeat(60);

  const tooLong = zone.change(
    creating(record(`${[label, label, label, label].join('.')}.${zone.name}`, 'A', '10.0.0.1')),
  );

  await expect(tooLong).rejects.toMatchObject({ name: 'InvalidChangeBatch' });
});

zoneCase('an empty label is refused', 'https://github.com/sorah/acmesmith/pull/65', async (zone) => {
  const name = `db..${zone.name}`;

  const batch = zone.change(creating(record(name, 'A', '10.0.0.1')));

  const reason = `FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with '${name}'`;
  await expect(batch).rejects.toMatchObject(invalidChangeBatch(reason));
});

zoneCase('a blank in a name is refused', source, async (zone) => {
  const batch = zone.change(creating(record(`a b.${zone.name}`, 'A', '10.0.0.1')));

  const reason =
    "FATAL problem: UnsupportedCharacter (Value contains unsupported characters) encountered with ' '";
  await expect(batch).rejects.toMatchObject(invalidChangeBatch(reason));
});

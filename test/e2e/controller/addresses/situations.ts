import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tag } from '../tagging.ts';
import { Act } from './act.ts';
import { Ground } from './ground.ts';
import type { AddressCase } from './kinds.ts';

/** The tests that each kind of address must pass, all on one ground, each with an address, a role and instances of its own. */
export function describeAddress(kind: AddressCase): void {
  describe(kind.name, () => {
    let ground: Ground;
    beforeAll(async () => {
      ground = await Ground.open();
    });
    afterAll(async () => {
      await ground[Symbol.asyncDispose]();
    });
    const openAct = (more: object = {}) => Act.open(ground, kind, more);

    it('goes to the first candidate, and when all is told again nothing is written', async () => {
      const act = await openAct();

      const [lead = ''] = await act.launch(...kind.places);
      const { sequence } = ground;
      await act.replayAll();

      await act.expectWith(lead, 1);
      expect(ground.writesSince(sequence)).toEqual([]);
    });

    it('goes to the understudy when the holder ends', async () => {
      const act = await openAct();
      const [lead = '', understudy = ''] = await act.launch(...kind.places);

      await ground.theatre.terminate(lead);
      const { sequence } = ground;
      await act.replayAll();

      await act.expectWith(understudy, 2);
      expect(ground.writesSince(sequence)).toEqual([]);
    });

    it('goes over and back by the tags of the instances, with no call too many', async () => {
      const act = await openAct();
      const [first = '', second = ''] = await act.launch(...kind.places);

      const { sequence } = ground;
      await act.moveByTag(first);
      const moves = ground.writesSince(sequence).filter((operation) => !bookkeeping.has(operation));

      await act.expectWith(second, 2);
      expect(moves.toSorted()).toEqual(kind.moves);

      await tag(ground.theatre, first, act.role);
      await act.moveByTag(second);

      await act.expectWith(first, 3);
    });

    it('fails back to the candidate of higher priority', async () => {
      const election = { prefer: 'priority', failback: true, cooldown: '0s' };
      const act = await openAct({ election });
      const [first = '', second = ''] = await act.launch(...kind.places);

      await tag(ground.theatre, second, '10', 'role-priority');
      await ground.theatre.settle();
      await act.expectWith(second, 2);
      await tag(ground.theatre, first, '20', 'role-priority');
      await ground.theatre.settle();

      await act.expectWith(first, 3);
    });

    it('arrives whole after the function died at any call that writes', { timeout: 120_000 }, async () => {
      const act = await openAct();
      let [holder = '', other = ''] = await act.launch(...kind.places);
      const { sequence } = ground;
      await act.moveByTag(holder);
      const writes = act.writesOfFunctions(sequence);
      let generation = 2;

      for (const write of writes) {
        await act.scene.forget?.(holder);
        await tag(ground.theatre, holder, act.role);
        await ground.theatre.settle();
        [holder, other] = [other, holder];
        const strike = act.killAfter(write);
        await act.moveByTag(holder);
        await ground.theatre.settle(120_000);

        generation += 1;
        expect(strike(), `${write.operation} ${write.nth}`).toBe(1);
        await act.expectWith(other, generation);
      }
      expect(writes.length).toBeGreaterThanOrEqual(kind.moves.length + 3);
    });

    it('stays where it is when a candidate has it already', async () => {
      const act = await openAct();
      const [first = '', second = ''] = await ground.launch(undefined, ...kind.places);
      await act.scene.giveTo(second);

      const { sequence } = ground;
      await Promise.all([tag(ground.theatre, first, act.role), tag(ground.theatre, second, act.role)]);
      await ground.theatre.settle();

      await act.expectWith(second, 1);
      expect(ground.writesSince(sequence).filter((operation) => kind.moves.includes(operation))).toEqual([]);
    });

    it('is left with a stranger, and taken over only when the spec says adopt', async () => {
      const act = await openAct();
      const [stranger = ''] = await ground.launch(undefined, kind.places[0]);
      await act.scene.giveTo(stranger);

      const [lead = ''] = await act.launch(kind.places[1]);

      if (kind.refusal === undefined) {
        expect((await act.scene.carriers()).toSorted()).toEqual([stranger, lead].toSorted());
        return;
      }
      expect(await act.scene.carriers()).toEqual([stranger]);
      expect(await act.refusals()).toContain(kind.refusal);
      expect(await act.plan()).toContain(
        'which is no candidate for this role; adopt: true would take it over',
      );

      await act.define({
        addresses: act.scene.addresses.map((address) => ({ ...address, adopt: true })),
      });
      await ground.theatre.settle(70_000);

      expect(await act.scene.carriers()).toEqual([lead]);
    });

    it('passes over a candidate that cannot have it, and says why', async () => {
      const act = await openAct();
      const { place, prepare, words } = kind.unable;
      const [unable = ''] = await ground.launch(undefined, place);
      await prepare?.(ground, unable);
      await tag(ground.theatre, unable, act.role);
      await ground.theatre.settle();

      const [next = ''] = await act.launch(kind.places[0]);

      expect(await act.scene.carriers()).toEqual([next]);
      expect((await ground.theatre.slot(act.role))?.holder).toBe(next);
      expect(await act.verdictOn(unable)).toContain(words);
    });
  });
}

/** Calls that are no part of moving an address. */
const bookkeeping = new Set([
  'UpdateItem',
  'BatchWriteItem',
  'PutItem',
  'ChangeResourceRecordSets',
  'SendMessage',
]);

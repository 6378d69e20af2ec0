import { DisableRuleCommand } from '@aws-sdk/client-eventbridge';
import { stackParts } from '../../../cli/stack-parts.ts';
import { stackName } from '../../../demo/deploy.ts';
import type { functions } from '../../../infra/functions.ts';
import type { Fault } from '../../../localcloud/core/faults.ts';
import { LocalOperator } from '../cli/local-operator.ts';
import type { Ground } from '../controller/addresses/ground.ts';
import { ScalingGroup, terminateHook } from '../controller/scaling-group.ts';
import { untag } from '../controller/tagging.ts';
import { recordsIn } from '../controller/zones.ts';
import { prepareEveryRole } from './every-role.ts';
import { overrun } from './overrun.ts';

export type FunctionName = (typeof functions)[number]['name'];

/** Until the next pass of the resync, and what it does, are over. */
const passMs = 75_000;

const parts = stackParts(stackName);

/** Everything that a function of the controller ever has to do, done by this one: nothing else wakes the other. */
export class EveryDuty {
  readonly #ground: Ground;
  readonly #name: FunctionName;

  constructor(ground: Ground, name: FunctionName) {
    this.#ground = ground;
    this.#name = name;
  }

  /** Plays it all, and tells what came of it. */
  async play() {
    const { theatre } = this.#ground;
    // A hook tells of itself only once, by an event.
    const rules = parts.eventRules.filter((name) => !name.endsWith('-terminate-hook'));
    await this.#disable(this.#name === 'resync' ? rules : [parts.resyncRule]);
    const { file, zoneIds } = await prepareEveryRole(this.#ground);
    await new LocalOperator(theatre).apply(file);
    const isMoved = await this.#moveEverything();
    const isAdmitted = await this.#admitOne();
    const isHandedOver = await this.#handOver();
    await this.#loseAnswer();
    if (this.#name === 'resync') await this.#failAndRunOutOfTime();
    const records = await Promise.all(zoneIds.map((id) => recordsIn(theatre, id)));
    const types = records.flatMap((each) => Object.keys(each).map((key) => key.split(' ')[1] ?? ''));
    return {
      isMoved,
      isAdmitted,
      isHandedOver,
      recordTypes: [...new Set(types)].toSorted(),
      deadLetters: await theatre.deadLetters(),
    };
  }

  get #accessKeyId(): string | undefined {
    const { lambda } = this.#ground.theatre.stage.cloud.rooms;
    return lambda.functions().find(({ name }) => name === this.#functionName)?.accessKeyId;
  }

  get #functionName(): string {
    return `${stackName}-${this.#name}`;
  }

  async #disable(rules: readonly string[]): Promise<void> {
    const { theatre } = this.#ground;
    for (const Name of rules) await theatre.stage.clients.events.send(new DisableRuleCommand({ Name }));
    // What was due already is over then.
    await theatre.settle();
  }

  /** From one living instance to the next: everything has to be taken away from somebody. */
  async #moveEverything(): Promise<boolean> {
    const { theatre } = this.#ground;
    const [first = '', second = ''] = await this.#ground.launch('everything, mail', 'a', 'a');
    await theatre.settle(2 * passMs);
    const before = await this.#holders('everything', 'mail');
    await untag(theatre, first);
    await theatre.settle(2 * passMs);
    const after = await this.#holders('everything', 'mail');
    return [...before, ...after].join() === [first, first, second, second].join();
  }

  async #admitOne(): Promise<boolean> {
    const [chosen] = await this.#ground.launch('chosen', 'a');
    // Status checks take their time, and no event tells of them: a second candidate has the role looked at again.
    await this.#ground.theatre.settle(150_000);
    await this.#ground.launch('chosen', 'a');
    await this.#ground.theatre.settle(passMs);
    return (await this.#holders('chosen'))[0] === chosen;
  }

  /** Of a group that shrinks, to an instance that comes after its hook was prolonged. */
  async #handOver(): Promise<boolean> {
    const { theatre } = this.#ground;
    const group = await ScalingGroup.create(theatre, { hooks: [terminateHook] });
    await theatre.settle(passMs);
    await group.terminate(await group.only(), { isShrinking: true });
    await theatre.settle(passMs);
    const [successor] = await this.#ground.launch('db', 'a');
    await theatre.settle(passMs);
    const isLetGo = Object.keys(await group.states()).length === 0;
    return isLetGo && (await this.#holders('db'))[0] === successor;
  }

  /** The answer to a write gets lost: whoever tries again finds its own write there, and has to look whose it is. */
  async #loseAnswer(): Promise<void> {
    const { theatre } = this.#ground;
    this.#fail('UpdateItem', { kind: 'response-lost' });
    await theatre.define('late', {
      records: [{ zone: 'corp.internal', name: 'late.corp.internal', value: 'privateIp' }],
    });
    await this.#ground.launch('late', 'a');
    await theatre.settle(passMs);
  }

  async #failAndRunOutOfTime(): Promise<void> {
    const { theatre } = this.#ground;
    this.#fail('Query', { kind: 'error', code: 'ValidationException', status: 400 });
    await theatre.settle(passMs);
    await overrun(theatre);
  }

  /** The next call of this kind fails. */
  #fail(operation: string, fault: Fault): void {
    this.#ground.theatre.stage.cloud.faults.add({
      accessKeyId: this.#accessKeyId ?? '',
      service: 'dynamodb',
      operation,
      nth: 1,
      fault,
    });
  }

  async #holders(...roles: readonly string[]): Promise<readonly (string | undefined)[]> {
    const slots = await Promise.all(roles.map((role) => this.#ground.theatre.slot(role)));
    return slots.map((slot) => slot?.holder);
  }
}

import { Theatre } from '../controller/theatre.ts';
import type { Answer, OperatorOptions } from './operator.ts';
import { operate } from './operator.ts';

/** An operator with nothing configured but the endpoint of a localcloud in which the controller is deployed. */
export class LocalOperator {
  readonly theatre: Theatre;

  constructor(theatre: Theatre) {
    this.theatre = theatre;
  }

  static async open(): Promise<LocalOperator> {
    return new LocalOperator(await Theatre.open());
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.theatre[Symbol.asyncDispose]();
  }

  /** Runs one command line over HTTP. */
  async run(commandLine: string, options: OperatorOptions = {}): Promise<Answer> {
    return operate(commandLine.split(' '), {
      endpointUrl: this.theatre.stage.front.url,
      now: () => this.theatre.clock.now(),
      // While the command waits, the controller works.
      sleep: (durationMs) => this.theatre.settle(durationMs),
      ...options,
    });
  }

  /** The document of a command that went well. */
  async read(commandLine: string, options: OperatorOptions = {}): Promise<unknown> {
    const { stdout } = await this.run(`${commandLine} --json`, options);
    return JSON.parse(stdout);
  }

  /** Applies a file through stdin. */
  async apply(file: string, flags = ''): Promise<Answer> {
    return this.run(`roles apply -${flags}`, { input: file });
  }

  /** Names of the operations that wrote something since a point of the call log. */
  writesSince(sequence: number): readonly string[] {
    return this.theatre.stage.cloud.callLog
      .calls({ since: sequence })
      .filter(({ effect }) => effect === 'write')
      .map(({ operation }) => operation);
  }

  get sequence(): number {
    return this.theatre.stage.cloud.callLog.sequence;
  }

  /** The roles of most tests: one with an Elastic IP, a public and a private name, and one with a name only. */
  rolesFile(): string {
    const { allocationId, publicZoneId } = this.theatre.stage.world;
    return `roles:
  db:
    addresses:
      - elasticIp: ${allocationId}
    records:
      - { zone: example.com, name: db.example.com, value: elasticIpName }
      - { zone: corp.internal, name: db.corp.internal, value: privateIp, ttl: 30 }
  web:
    records:
      - { zone: ${publicZoneId}, name: www.example.com, value: publicIp }
`;
  }
}

import { stackName } from '../../../demo/deploy.ts';
import { assemblyDirectory } from '../../../demo/synthesize.ts';
import { LocalOperator } from '../cli/local-operator.ts';
import type { Answer, OperatorOptions } from '../cli/operator.ts';
import type { Theatre } from '../controller/theatre.ts';

/** The policies that the stack leaves for people, by the names of its outputs. */
export type PolicyOutput = 'RoleWritersPolicyArn' | 'RoleTaggersPolicyArn';

/** Somebody who may do what some of the stack's policies for people allow, and nothing else. */
export class Person extends LocalOperator {
  readonly accessKeyId: string;

  private constructor(theatre: Theatre, accessKeyId: string) {
    super(theatre);
    this.accessKeyId = accessKeyId;
  }

  static async with(theatre: Theatre, ...policies: readonly PolicyOutput[]): Promise<Person> {
    const { cloudFormation, iam } = theatre.stage.cloud.rooms;
    const { outputs } = await cloudFormation.deployTemplate({ stackName, assemblyDirectory });
    const accessKeyId = `AKIA${policies.join('').toUpperCase()}`;
    const role = iam.createRole(accessKeyId, {
      Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sts:AssumeRole' }],
    });
    for (const output of policies) iam.attachRolePolicy(role.name, outputs[output] ?? '');
    iam.openSession(accessKeyId, role.arn, 'ana');
    return new Person(theatre, accessKeyId);
  }

  override async run(commandLine: string, options: OperatorOptions = {}): Promise<Answer> {
    const env = { AWS_ACCESS_KEY_ID: this.accessKeyId, AWS_SECRET_ACCESS_KEY: 'not-checked' };
    return super.run(commandLine, { env, ...options });
  }
}

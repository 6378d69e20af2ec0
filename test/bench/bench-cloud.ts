import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EC2Client } from '@aws-sdk/client-ec2';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { Route53Client } from '@aws-sdk/client-route-53';
import { SQSClient } from '@aws-sdk/client-sqs';
import { STSClient } from '@aws-sdk/client-sts';
import { type Cloud, createCloud } from '../../localcloud/cloud.ts';
import { VirtualClock } from '../../localcloud/core/clock.ts';
import type { WireRequest, WireResponse } from '../../localcloud/core/service.ts';
import { createRequestHandler } from '../../localcloud/front/request-handler.ts';

/** One SDK call. */
export type Send = () => Promise<unknown>;

type Answerer = (request: WireRequest) => Promise<WireResponse>;

const unlimited = 1_000_000;

/**
 * A cloud without request limits or quotas, which soon forgets what is terminated; SDK clients of it in this thread, and two detours: answering from a can,
 * which leaves only what the SDK itself costs, and handing wire requests to the cloud, which leaves the SDK out.
 */
export class BenchCloud {
  readonly #cloud: Cloud;
  #answer: Answerer;
  readonly dynamodb: DynamoDBClient;
  readonly ec2: EC2Client;
  readonly events: EventBridgeClient;
  readonly route53: Route53Client;
  readonly sqs: SQSClient;
  readonly sts: STSClient;

  constructor() {
    const cloud = createCloud({
      clock: new VirtualClock(),
      throttles: false,
      roomOptions: {
        ec2: { elasticIpQuota: unlimited, terminatedTagsMs: 10_000, terminatedVisibleMs: 20_000 },
        route53Quotas: { recordSetsPerZone: unlimited },
      },
    });
    this.#cloud = cloud;
    this.#answer = cloud.handle;
    const settings = {
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'unchecked' },
      maxAttempts: 1,
      requestHandler: createRequestHandler((request) => this.#answer(request)),
    };
    this.dynamodb = new DynamoDBClient(settings);
    this.ec2 = new EC2Client(settings);
    this.events = new EventBridgeClient(settings);
    this.route53 = new Route53Client(settings);
    this.sqs = new SQSClient(settings);
    this.sts = new STSClient(settings);
  }

  /** Lets a minute pass, in which what calls have set going comes to its end. */
  async settle(): Promise<void> {
    await this.#cloud.passTime(60_000);
  }

  /** The wire request that a call makes; nobody answers it. */
  async requestOf(send: Send): Promise<WireRequest> {
    let captured: WireRequest | undefined;
    await this.#answering(async (request) => {
      captured = request;
      throw new Error('captured');
    }, send).catch(() => undefined);
    if (captured === undefined) throw new Error('the call made no request');
    return captured;
  }

  /** What the cloud really answers to a call. */
  async answerOf(send: Send): Promise<WireResponse> {
    return this.perform(await this.requestOf(send));
  }

  /** Runs a task with every call answered by the same response. */
  async withCanned(response: WireResponse, task: () => Promise<void>): Promise<void> {
    await this.#answering(() => Promise.resolve(response), task);
  }

  /** The cloud's own part of a call: from wire request to the bytes of the wire response, without the SDK. */
  async perform(request: WireRequest): Promise<WireResponse> {
    const response = await this.#cloud.handle(request);
    Buffer.from(response.body);
    if (response.status >= 300) throw new Error(`${response.status}: ${response.body}`);
    return response;
  }

  async #answering(answer: Answerer, task: Send): Promise<void> {
    this.#answer = answer;
    try {
      await task();
    } finally {
      this.#answer = this.#cloud.handle;
    }
  }
}

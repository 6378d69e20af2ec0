/** A cloud that has not answered by then is stuck: a function that never comes to rest, for one. */
const patienceMs = 300_000;

/** The control routes of a localcloud, over HTTP. */
export class Control {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async get(route: string, query: Readonly<Record<string, string>> = {}): Promise<unknown> {
    return this.#ask(`${route}?${new URLSearchParams(query)}`, {});
  }

  async post(route: string, body: object): Promise<unknown> {
    return this.#ask(route, { method: 'POST', body: JSON.stringify(body) });
  }

  async put(route: string, body: object): Promise<unknown> {
    return this.#ask(route, { method: 'PUT', body: JSON.stringify(body) });
  }

  async delete(route: string, query: Readonly<Record<string, string>>): Promise<unknown> {
    return this.#ask(`${route}?${new URLSearchParams(query)}`, { method: 'DELETE' });
  }

  /** Lets time pass in the cloud. */
  async passTime(durationMs: number): Promise<void> {
    await this.post('clock', { advanceMs: Math.round(durationMs) });
  }

  /** @throws ControlRefused with what the cloud says is wrong, and fetch's TimeoutError when it says nothing. */
  async #ask(route: string, request: RequestInit): Promise<unknown> {
    const response = await fetch(`${this.#url}/_localcloud/${route}`, {
      ...request,
      signal: AbortSignal.timeout(patienceMs),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new ControlRefused(`${route}: ${JSON.stringify(answer)}`);
    return answer;
  }
}

/** The cloud does not do what it was asked by a control route. */
export class ControlRefused extends Error {
  override readonly name = 'ControlRefused';
}

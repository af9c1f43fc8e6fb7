/** A client of `/live` that keeps every frame, so that tests can wait for one. */
import { once } from 'node:events';
import { WebSocket } from 'ws';
import type {
  Delta,
  Heartbeat,
  Hello,
  ServerMessage,
  ShownIncident,
  Snapshot,
} from '../../shared/messages.ts';
import { until } from './until.ts';

export class LiveClient {
  readonly frames: ServerMessage[] = [];
  readonly socket: WebSocket;
  /** The code it was closed with. */
  closed: number | undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      this.frames.push(JSON.parse(data.toString('utf8')) as ServerMessage);
    });
    socket.on('close', (code) => {
      this.closed = code;
    });
    socket.on('error', () => undefined);
  }

  /** Connects and waits for the hello. */
  static async connect(
    url: string,
    token: string,
    headers: Record<string, string> = { authorization: `Bearer ${token}` },
  ): Promise<LiveClient> {
    const address = `${url.replace(/^http/, 'ws')}/live`;
    const socket = new WebSocket(address, { headers });
    const client = new LiveClient(socket);
    await once(socket, 'open');
    await client.frame((frame): frame is Hello => frame.type === 'hello');
    return client;
  }

  get hello(): Hello {
    const [hello] = this.frames;
    if (hello?.type !== 'hello') throw new Error('no hello came first');
    return hello;
  }

  get deltas(): Delta[] {
    return this.frames.filter(
      (frame): frame is Delta => 'seq' in frame && !['snapshot', 'heartbeat'].includes(frame.type),
    );
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  /** Subscribes to everything over one hour, unless told otherwise. */
  subscribe(change: object = {}): void {
    this.send({ type: 'subscribe', forces: [], themes: ['all'], horizonHours: 1, ...change });
  }

  /** Subscribes, and resolves with the snapshot. */
  async snapshot(change: object = {}): Promise<Snapshot> {
    const before = this.frames.length;
    this.subscribe(change);
    return this.frame((frame): frame is Snapshot => frame.type === 'snapshot', before);
  }

  /** The first frame of a kind, from those after the first `skip`. */
  async frame<Frame extends ServerMessage>(
    is: (frame: ServerMessage) => frame is Frame,
    skip = 0,
  ): Promise<Frame> {
    const found = await until(
      () => this.frames.slice(skip).find(is),
      (frame) => frame !== undefined,
    );
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  /** Resolves once a heartbeat says that all up to `seq` was sent. */
  heartbeatFrom(seq: number): Promise<Heartbeat> {
    return this.frame((frame): frame is Heartbeat => frame.type === 'heartbeat' && frame.seq >= seq);
  }

  /** Incidents of all deltas so far, in order. */
  get incidents(): ShownIncident[] {
    return this.deltas.flatMap((delta) =>
      delta.type === 'incidents.stored' && 'changes' in delta
        ? delta.changes.map(({ incident }) => incident)
        : [],
    );
  }

  /** Resolves with the incident of this id, once a delta has it (in this revision). */
  async incident(id: string, revision = 1): Promise<ShownIncident> {
    const found = await until(
      () => this.incidents.find((incident) => incident.id === id && incident.revision === revision),
      (incident) => incident !== undefined,
    );
    if (found === undefined) throw new Error('unreachable');
    return found;
  }

  async close(): Promise<void> {
    if (this.socket.readyState === WebSocket.CLOSED) return;
    this.socket.close();
    await once(this.socket, 'close');
  }
}

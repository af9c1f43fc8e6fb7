/** Work on alerts at a desk: which one is open, what is being typed for it, and what became of the step that was asked for. */
import type { Alert } from '../../shared/alert-state.ts';
import type { AlertAct, AlertStep, Dismissal, Outcome, TakenStep } from '../../shared/alert-step.ts';
import type { Timers } from '../timers.ts';
import type { Answer } from './answer.ts';

/** Acts that need to be told more. */
export const FORM_ACTS = ['assign', 'resolve', 'dismiss', 'shelve'] as const;
export type FormAct = (typeof FORM_ACTS)[number];

/** What was typed for an alert: kept until it has been sent, whatever comes between. */
export class Draft {
  unit = $state('');
  note = $state('');
  outcome = $state<Outcome | null>(null);
  reason = $state<Dismissal | null>(null);
  minutes = $state<5 | 10 | 15>(5);
}

/** Why a step was not taken. `moved-on`: the alert as it is now; `jumped`: another one had just become the next. */
export type Refusal =
  | { why: 'moved-on'; alert: Alert }
  | { why: 'refused'; reason: string }
  | { why: 'unreachable' }
  | { why: 'jumped' }
  | { why: 'none-waits' };

export interface AlertServer {
  take(id: string, step: AlertStep, expectedVersion: number): Promise<Answer<Alert>>;
  read(id: string): Promise<Answer<{ alert: Alert; steps: TakenStep[] }>>;
}

interface Deps {
  server: AlertServer;
  timers: Timers;
  /** Those on the screen. */
  shown: () => readonly Alert[];
  /** Puts what the server answered onto the screen. */
  learn: (alert: Alert) => void;
}

/** Whoever presses a key as the list changes under it meant what stood there before. */
const JUMP_MS = 700;
const CONFLICT = 409;

export class AlertDesk {
  /** The one whose detail is open; it stays as it was last known when it has ended. */
  opened = $state.raw<Alert | null>(null);
  steps = $state.raw<readonly TakenStep[]>([]);
  form = $state<FormAct | null>(null);
  refusal = $state.raw<Refusal | null>(null);
  /** The last step that was taken here. */
  done = $state.raw<{ act: AlertAct; alert: Alert } | null>(null);
  isSending = $state(false);
  /** Typed here before, the latest first. */
  typedUnits = $state.raw<readonly string[]>([]);

  readonly #deps: Deps;
  readonly #drafts: Record<string, Draft> = {};
  #queue: Promise<unknown> = Promise.resolve();
  #next: string | null = null;
  #jumpedAt = -Infinity;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  draftOf(id: string): Draft {
    return (this.#drafts[id] ??= new Draft());
  }

  open(alert: Alert): void {
    if (this.opened?.id !== alert.id) {
      this.form = null;
      this.refusal = null;
      this.done = null;
      this.steps = [];
    }
    this.opened = alert;
    void this.#readSteps(alert.id);
  }

  close(): void {
    this.opened = null;
    this.form = null;
    this.refusal = null;
    this.done = null;
  }

  /** The screen shows other alerts than before, or the same ones changed. */
  changed(next: Alert | undefined): void {
    const before = this.#deps.shown().find(({ id }) => id === this.#next);
    // Another alert took the place of one that still waits: nobody can have meant it yet.
    if (next !== undefined && next.id !== this.#next && before?.state === 'raised')
      this.#jumpedAt = this.#deps.timers.now();
    this.#next = next?.id ?? null;
    const { opened } = this;
    if (opened === null) return;
    const now = this.#deps.shown().find(({ id }) => id === opened.id);
    if (now !== undefined) {
      if (now.version !== opened.version) {
        void this.#readSteps(now.id);
        this.#tellIfTyping(now);
      }
      this.opened = now;
    } else void this.#readSteps(opened.id);
  }

  /** Takes the next one that waits, as it is on the screen, and opens it. */
  async takeNext(next: Alert | undefined): Promise<void> {
    if (next === undefined) {
      this.refusal = { why: 'none-waits' };
      return;
    }
    if (this.#deps.timers.now() - this.#jumpedAt < JUMP_MS) {
      this.refusal = { why: 'jumped' };
      return;
    }
    this.open(next);
    await this.take(next.id, { act: 'acknowledge' });
  }

  /** One step after another, so that each is of what the screen then shows. Returns whether it was taken. */
  take(id: string, step: AlertStep): Promise<boolean> {
    const taken = this.#queue.then(() => this.#take(id, step));
    this.#queue = taken;
    return taken;
  }

  async #take(id: string, step: AlertStep): Promise<boolean> {
    const alert = this.#onScreen(id);
    if (alert === undefined) return false;
    this.isSending = true;
    const answer = await this.#deps.server.take(id, step, alert.version);
    this.isSending = false;
    if (answer.kind !== 'answered') {
      // Nothing has been typed yet into what was to come next.
      if (step.act === 'acknowledge') this.form = null;
      await this.#refused(id, answer);
      return false;
    }
    this.#learn(answer.value);
    this.refusal = null;
    this.done = { act: step.act, alert: answer.value };
    if (step.act === 'assign')
      this.typedUnits = [step.unit, ...this.typedUnits.filter((unit) => unit !== step.unit)];
    if (step.act === this.form) {
      this.form = null;
      this.#drafts[id] = new Draft();
    }
    return true;
  }

  /** Whatever was typed stays; what the alert has become is on the screen at once. */
  async #refused(id: string, answer: Exclude<Answer<Alert>, { kind: 'answered' }>): Promise<void> {
    if (answer.kind === 'unreachable') {
      this.refusal = { why: 'unreachable' };
      return;
    }
    const present = answer.status === CONFLICT ? await this.#deps.server.read(id) : undefined;
    if (present?.kind === 'answered') {
      this.#learn(present.value.alert);
      if (this.opened?.id === id) this.steps = present.value.steps;
      this.refusal = { why: 'moved-on', alert: present.value.alert };
    } else this.refusal = { why: 'refused', reason: answer.reason };
  }

  #onScreen(id: string): Alert | undefined {
    if (this.opened?.id === id) return this.opened;
    return this.#deps.shown().find((alert) => alert.id === id);
  }

  #learn(alert: Alert): void {
    if (this.opened?.id === alert.id && alert.revision >= this.opened.revision) {
      this.opened = alert;
      void this.#readSteps(alert.id);
    }
    this.#deps.learn(alert);
  }

  async #readSteps(id: string): Promise<void> {
    const answer = await this.#deps.server.read(id);
    if (answer.kind !== 'answered' || this.opened?.id !== id) return;
    this.steps = answer.value.steps;
    const { alert } = answer.value;
    if (alert.revision <= this.opened.revision) return;
    if (alert.version > this.opened.version) this.#tellIfTyping(alert);
    this.opened = alert;
  }

  /** Whoever is filling in a form is told that somebody else has been quicker. */
  #tellIfTyping(alert: Alert): void {
    if (this.form !== null && !this.isSending) this.refusal = { why: 'moved-on', alert };
  }
}

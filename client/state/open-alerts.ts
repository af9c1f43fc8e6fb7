/** The open alerts, each as its latest revision tells it, whichever way and in whatever order it became known. */
import { isOpen, type Alert } from '../../shared/alert-state.ts';

export class OpenAlerts {
  /** In the order in which they were raised; another array after each change. */
  open: Alert[] = [];
  /** Revisions of those that have ended: what is told of them later is older. */
  readonly #ended = new Map<string, number>();

  load(alerts: Alert[]): void {
    this.open = alerts;
    this.#ended.clear();
  }

  /** Safe to call twice, and with what is older than what is known. */
  learn(alert: Alert): void {
    const known = this.open.find(({ id }) => id === alert.id)?.revision ?? this.#ended.get(alert.id);
    if (known !== undefined && known > alert.revision) return;
    const others = this.open.filter(({ id }) => id !== alert.id);
    this.open = isOpen(alert) ? [...others, alert].sort(byRaised) : others;
    if (!isOpen(alert)) this.#ended.set(alert.id, alert.revision);
  }
}

function byRaised(one: Alert, other: Alert): number {
  return one.raisedAt < other.raisedAt ? -1 : Number(one.raisedAt > other.raisedAt);
}

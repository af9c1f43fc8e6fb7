/** The figures of an alert by name, for programs; who holds it is none of theirs. */
import type { Alert } from '../../shared/alert-state.ts';
import { element, type XmlElement } from './xml.ts';

/** What is null is left out: nothing known is not nothing. */
export function capParameters({ finding, coarse, state, priority, id, version }: Alert): XmlElement[] {
  const { nearRepeat, rule, window } = finding;
  const figures: Record<string, string | number | boolean | null | undefined> = {
    alert: id,
    version,
    state,
    priority,
    kind: finding.kind,
    class: finding.class,
    theme: finding.theme,
    observed: finding.observed,
    expected: finding.expected,
    likelihoodRatio: finding.likelihoodRatio,
    onceInDays: finding.onceInDays,
    windowFrom: window.from,
    windowTo: window.to,
    over: finding.over,
    distanceMetres: nearRepeat?.distanceMetres,
    days: nearRepeat?.days,
    rise: nearRepeat?.rise,
    riseInterval: nearRepeat?.riseInterval.join(' '),
    rule: rule?.id,
    coarse,
  };
  return Object.entries(figures)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) =>
      element('parameter', [element('valueName', `forewatch.${name}`), element('value', String(value))]),
    );
}

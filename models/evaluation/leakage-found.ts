/** What a backtest throws that knew the future. */

/** The backtest used what was not known at the time, so none of its figures holds; the message says where it shows. */
export class LeakageFound extends Error {
  override readonly name = 'LeakageFound';
}

/** What an address says of the screen itself. */
import { describe, expect, it } from 'vitest';
import { settingIn, withScreenSettings } from '../../client/screen-settings.ts';

describe('the settings of a screen', () => {
  it('stay in the address when another thing is shown', () => {
    const before = '?theme=asb&lang=cy&look=day&distance=8&width=1210&cell=x';
    expect(withScreenSettings('?theme=burglary&force=kent,essex', before)).toBe(
      '?theme=burglary&force=kent,essex&lang=cy&look=day&distance=8&width=1210',
    );
    expect(withScreenSettings('', '')).toBe('');
  });

  it('are null where the address says nothing of them', () => {
    expect([settingIn('?look=auto', 'look'), settingIn('?look=auto', 'lang')]).toEqual(['auto', null]);
  });
});

/** Where webhooks may lead: to the public internet, and to what is named. */
import { describe, expect, it } from 'vitest';
import { AllowedHosts, isAllowedName } from '../../../server/webhooks/allowed-hosts.ts';
import { webhookUrlFault } from '../../../server/webhooks/webhook-url.ts';

const NONE = new AllowedHosts([]);

describe('an address', () => {
  it.each(['8.8.8.8', '172.32.0.1', '2a00:1450::1', '::ffff:8.8.8.8'])(
    'of the public internet may be called: %s',
    (address) => {
      expect(NONE.permits('hooks.example', address)).toBe(true);
    },
  );

  it.each([
    ...[
      '127.0.0.1',
      '10.1.2.3',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '100.64.0.1',
      '0.0.0.0',
      '224.0.0.1',
    ],
    ...[
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fd00::1',
      'ff02::1',
      '::ffff:10.0.0.1',
      '::ffff:127.0.0.1',
    ],
    ...['64:ff9b::a00:1', '2002:7f00:1::', '2001:db8::1'],
  ])('of any other network may not: %s', (address) => {
    expect(NONE.permits('hooks.example', address)).toBe(false);
  });

  it('of a private network may be called where it, its network or its host’s name is named, and no other', () => {
    const some = new AllowedHosts(['hooks.internal', '10.1.0.0/16', '127.0.0.1', 'fd00::/8']);
    expect(some.permits('HOOKS.internal', '192.168.1.1')).toBe(true);
    expect(some.permits('other.internal', '192.168.1.1')).toBe(false);
    expect(some.permits('other.internal', '10.1.255.1')).toBe(true);
    expect(some.permits('other.internal', '::ffff:10.1.255.1')).toBe(true);
    expect(some.permits('other.internal', '10.2.0.1')).toBe(false);
    expect(some.permits('127.0.0.1', '127.0.0.1')).toBe(true);
    expect(some.permits('127.0.0.2', '127.0.0.2')).toBe(false);
    expect(some.permits('other.internal', 'fd12::1')).toBe(true);
  });
});

it.each([
  ['hooks.internal', true],
  ['10.0.0.0/8', true],
  ['fd00::/8', true],
  ['::1', true],
  ['10.0.0.0/33', false],
  ['10.0.0.0/8/8', false],
  ['hooks.internal/8', false],
  ['https://hooks', false],
  ['', false],
])('%j may be named: %s', (text, may) => {
  expect(isAllowedName(text)).toBe(may);
});

describe('a webhook’s address', () => {
  it.each([
    ['https://hooks.example/alerts?key=1', undefined],
    ['https://8.8.8.8/', undefined],
    ['nonsense', /must be an address/],
    ['http://hooks.example/', /must begin with https/],
    ['ftp://hooks.example/', /must begin with https/],
    ['https://user:password@hooks.example/', /no user and no password/],
    ['https://hooks.example/#part', /no fragment/],
    ['https://127.0.0.1/', /private network/],
    ['https://2130706433/', /private network/],
    ['https://0x7f.1/', /private network/],
    ['https://[::1]/', /private network/],
    ['https://[::ffff:7f00:1]/', /private network/],
    ['https://169.254.169.254/latest', /private network/],
    ['http://127.0.0.1/', /private network/],
  ])('%s', (url, fault) => {
    const said = webhookUrlFault(url, NONE);
    if (fault === undefined) expect(said).toBeUndefined();
    else expect(said).toMatch(fault);
  });

  it('needs no TLS on a loopback that is named, and nowhere else', () => {
    const some = new AllowedHosts(['127.0.0.1', '10.0.0.1']);
    expect(webhookUrlFault('http://127.0.0.1:8080/', some)).toBeUndefined();
    expect(webhookUrlFault('http://10.0.0.1/', some)).toMatch(/must begin with https/);
  });
});

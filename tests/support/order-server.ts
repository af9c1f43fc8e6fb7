/** Asks the keeper of the real servers for one, or to stop, kill or start it. */

export async function startServer(
  keeper: string,
  kind: 'postgres' | 'nats',
): Promise<{ name: string; url: string }> {
  const [name = '', url = ''] = (await post(`${keeper}/${kind}`)).split(' ');
  return { name, url };
}

export async function orderServer(
  keeper: string,
  name: string,
  act: 'stop' | 'kill' | 'start' | 'wipe',
): Promise<void> {
  await post(`${keeper}/${name}/${act}`);
}

async function post(address: string): Promise<string> {
  const response = await fetch(address, { method: 'POST' });
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

import { describe, expect, it } from 'vitest';
import { createTries } from '../../../renderer/hooks/use-tries';

type Asked = { readonly signal: AbortSignal; readonly answer: (value: string) => void; readonly fail: (error: unknown) => void };

function clicks() {
  const tries = createTries();
  const told: string[] = [];
  const click = (): Asked => {
    let [resolve, reject]: [Asked['answer'], Asked['fail']] = [() => undefined, () => undefined];
    const promise = new Promise<string>((answer, fail) => { [resolve, reject] = [answer, fail]; });
    let asked: AbortSignal | null = null;
    tries.begin(signal => { asked = signal; return promise; }, { onFound: found => { told.push(found); }, onFailed: error => { told.push(`failed: ${String(error)}`); } });
    return { signal: asked!, answer: resolve, fail: reject };
  };
  const settled = (): Promise<void> => new Promise(resolve => { setImmediate(resolve); });
  return { tries, told, click, settled };
}

describe('what a click looks up', () => {
  it('is told when it was found, or could not be', async () => {
    const { told, click, settled } = clicks();
    click().answer('first');
    await settled();
    click().fail('gone');
    await settled();
    expect(told).toEqual(['first', 'failed: gone']);
  });

  it('is dropped when the screen was left before it was found, and no longer read for', async () => {
    const { tries, told, click, settled } = clicks();
    const [found, failed] = [click(), click()];
    tries.end();
    expect([found.signal.aborted, failed.signal.aborted]).toEqual([true, true]);
    found.answer('late');
    failed.fail('late');
    await settled();
    expect(told).toEqual([]);
  });

  it('is dropped when a later click came, whichever is found first', async () => {
    const { told, click, settled } = clicks();
    const [first, second, third] = [click(), click(), click()];
    second.answer('second');
    third.answer('third');
    first.fail('first');
    await settled();
    expect(told).toEqual(['third']);
  });

  it('is found again after the screen was shown once more', async () => {
    const { tries, told, click, settled } = clicks();
    tries.end();
    click().answer('again');
    await settled();
    expect(told).toEqual(['again']);
  });
});
